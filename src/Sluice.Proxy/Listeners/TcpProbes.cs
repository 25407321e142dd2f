using Sluice.Configuration.Listeners;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Listeners;

/// <summary>Probes of idle connections by the kernel, as the options of a socket.</summary>
internal sealed unsafe class TcpProbes(TcpKeepalive source)
{
    private readonly int _probes = source.Probes is { } probes ? Math.Clamp(probes, 1, TcpKeepalive.MaxProbes) : 0;
    private readonly int _time = Seconds(source.Time);
    private readonly int _interval = Seconds(source.Interval);

    /// <summary>A socket that the options cannot be set of is one that has just been closed.</summary>
    public void Apply(int descriptor)
    {
        Set(descriptor, LinuxConstants.SOL_SOCKET, LinuxConstants.SO_KEEPALIVE, 1);
        if (_time > 0)
            Set(descriptor, LinuxConstants.IPPROTO_TCP, LinuxConstants.TCP_KEEPIDLE, _time);
        if (_interval > 0)
            Set(descriptor, LinuxConstants.IPPROTO_TCP, LinuxConstants.TCP_KEEPINTVL, _interval);
        if (_probes > 0)
            Set(descriptor, LinuxConstants.IPPROTO_TCP, LinuxConstants.TCP_KEEPCNT, _probes);
    }

    private static void Set(int descriptor, int level, int name, int value) => Libc.setsockopt(descriptor, level, name, &value, sizeof(int));

    private static int Seconds(TimeSpan? time) =>
        time is { } given ? (int)Math.Clamp(Math.Ceiling(given.TotalSeconds), 1, TcpKeepalive.MaxTime.TotalSeconds) : 0;
}
