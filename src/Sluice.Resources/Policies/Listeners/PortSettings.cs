namespace Sluice.Resources.Policies.Listeners;

/// <summary>What holds for listeners on one port, instead of the default.</summary>
public sealed record PortSettings
{
    /// <summary>The port.</summary>
    public required int Port { get; init; }

    /// <summary>The settings.</summary>
    public required ListenerSettings Listener { get; init; }
}
