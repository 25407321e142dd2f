namespace Sluice.Resources.Core;

/// <summary>Name "" stands for the unnamed port; Port null (slices only) means that the slice has no port.</summary>
public sealed record EndpointPort(string Name, int? Port, string Protocol = "TCP", string? AppProtocol = null);
