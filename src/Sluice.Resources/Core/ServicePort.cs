namespace Sluice.Resources.Core;

/// <summary>Name is "" for a single unnamed port. TargetPort is a number or the name of a container port; null means Port.</summary>
public sealed record ServicePort(string Name, int Port, string? TargetPort = null, string Protocol = "TCP", string? AppProtocol = null);
