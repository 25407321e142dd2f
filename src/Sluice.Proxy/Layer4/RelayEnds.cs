namespace Sluice.Proxy.Layer4;

/// <summary>Names of ends in metrics.</summary>
internal static class RelayEnds
{
    public static string Name(RelayEnd end) => end switch
    {
        RelayEnd.Completed => "completed",
        RelayEnd.ClientReset => "client reset",
        RelayEnd.BackendReset => "backend reset",
        RelayEnd.Idle => "idle",
        RelayEnd.NoBackend => "no backend",
        RelayEnd.ConnectFailed => "connect",
        RelayEnd.ConnectTimeout => "connect timeout",
        RelayEnd.Cut => "cut",
        _ => "fault",
    };
}
