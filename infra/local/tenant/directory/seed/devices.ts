import { daysAgo, type SeedContext } from "./context";
import { places } from "./names";
import type { SeededUsers } from "./users";

const largestFleet = 25_000;

/** Makes a device for every second employee, and an administrative unit for each of three countries. */
export async function seedDevicesAndUnits(context: SeedContext, users: SeededUsers): Promise<void> {
  const { directory } = context;
  const random = context.random("devices");
  const owners = users.members.filter((_, place) => place % 2 === 0).slice(0, largestFleet);
  for (const [number, owner] of owners.entries()) {
    const windows = random.chance(0.7);
    directory.devices.put({
      id: random.guid(),
      deviceId: random.guid(),
      displayName: `${windows ? "DESKTOP" : "MAC"}-${number.toString(36).toUpperCase().padStart(5, "0")}`,
      accountEnabled: !random.chance(0.04),
      owners: [owner],
      properties: {
        operatingSystem: windows ? "Windows" : "MacMDM",
        operatingSystemVersion: windows ? "10.0.26100.4061" : "15.5",
        trustType: windows ? "AzureAd" : "Workplace",
        isManaged: true,
        isCompliant: random.chance(0.9),
        approximateLastSignInDateTime: daysAgo(context, random.below(90), random),
        registrationDateTime: daysAgo(context, 100 + random.below(900), random),
      },
    });
    await context.breathe();
  }
  for (const [place, [, country]] of places.slice(0, 3).entries()) {
    const unit = directory.administrativeUnits.put({
      id: random.guid(),
      displayName: country,
      properties: {
        description: `People in ${country}`,
        visibility: place === 2 ? "HiddenMembership" : null,
      },
    });
    for (const memberId of users.members.filter((_, index) => index % 30 === place).slice(0, 500)) {
      directory.memberships.put({ id: `${unit.id}:${memberId}`, containerId: unit.id, memberId });
      await context.breathe();
    }
  }
}
