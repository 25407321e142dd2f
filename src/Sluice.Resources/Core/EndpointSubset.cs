namespace Sluice.Resources.Core;

/// <summary>Ready addresses only: notReadyAddresses are never used.</summary>
public sealed record EndpointSubset(IReadOnlyList<string> Addresses, IReadOnlyList<EndpointPort> Ports);
