namespace Sluice.Configuration.Listeners;

/// <summary>Probes of idle connections by the kernel (tcp(7)). What is null is as the system has it.</summary>
public sealed record TcpKeepalive
{
    /// <summary>Unanswered probes until the connection is dead, 1 to <see cref="MaxProbes"/>.</summary>
    public int? Probes { get; init; }

    /// <summary>Whole seconds of silence before the first probe, 1 s to <see cref="MaxTime"/>.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Whole seconds between probes, 1 s to <see cref="MaxTime"/>.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>MAX_TCP_KEEPCNT of Linux.</summary>
    public const int MaxProbes = 127;

    /// <summary>MAX_TCP_KEEPIDLE and MAX_TCP_KEEPINTVL of Linux.</summary>
    public static TimeSpan MaxTime { get; } = TimeSpan.FromSeconds(32767);
}
