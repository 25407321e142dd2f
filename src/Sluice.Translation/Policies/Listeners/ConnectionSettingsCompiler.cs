using Sluice.Configuration.Listeners;
using Sluice.Resources.Policies.Listeners;
using Spec = Sluice.Resources.Policies.Common;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>What a ListenerPolicy says of connections.</summary>
internal static class ConnectionSettingsCompiler
{
    /// <summary>Null when it says nothing.</summary>
    public static ConnectionSettings? Compile(ListenerSettings settings, IPolicySurroundings surroundings, string field)
    {
        var compiled = new ConnectionSettings
        {
            TcpKeepalive = settings.TcpKeepalive is { } keepalive ? Keepalive(keepalive, surroundings, $"{field}.tcpKeepalive") : null,
            BufferLimitBytes = Buffer(settings.PerConnectionBufferLimitBytes, surroundings, $"{field}.perConnectionBufferLimitBytes"),
            TlsHandshakeTimeout = Handshake(settings.TransportSocketConnectTimeout, surroundings, $"{field}.transportSocketConnectTimeout"),
        };
        return compiled == new ConnectionSettings() ? null : compiled;
    }

    private static TcpKeepalive Keepalive(Spec.TcpKeepalive keepalive, IPolicySurroundings surroundings, string field) => new()
    {
        Probes = keepalive.KeepAliveProbes is { } probes && !IsIn(probes, 1, TcpKeepalive.MaxProbes)
            ? Wrong<int?>(surroundings, $"{field}.keepAliveProbes", $"{probes} must be from 1 to {TcpKeepalive.MaxProbes}")
            : keepalive.KeepAliveProbes,
        Time = Time(keepalive.KeepAliveTime, surroundings, $"{field}.keepAliveTime"),
        Interval = Time(keepalive.KeepAliveInterval, surroundings, $"{field}.keepAliveInterval"),
    };

    private static TimeSpan? Time(TimeSpan? time, IPolicySurroundings surroundings, string field) =>
        time is { } given && (given < TimeSpan.FromSeconds(1) || given > TcpKeepalive.MaxTime)
            ? Wrong<TimeSpan?>(surroundings, field, $"must be from 1s to {TcpKeepalive.MaxTime.TotalSeconds}s, which is what the kernel takes")
            : time;

    private static int? Buffer(int? bytes, IPolicySurroundings surroundings, string field) =>
        bytes is { } given && !IsIn(given, 1, ConnectionSettings.MaxBufferBytes)
            ? Wrong<int?>(surroundings, field, $"{given} must be from 1 to {ConnectionSettings.MaxBufferBytes}")
            : bytes;

    private static TimeSpan? Handshake(TimeSpan? time, IPolicySurroundings surroundings, string field) =>
        time is { } given && given <= TimeSpan.Zero
            ? Wrong<TimeSpan?>(surroundings, field, "must be above 0s: a handshake without a limit would hold a connection for ever")
            : time;

    private static bool IsIn(int value, int least, int most) => value >= least && value <= most;

    private static T? Wrong<T>(IPolicySurroundings surroundings, string field, string message)
    {
        surroundings.Problem(field, message);
        return default;
    }
}
