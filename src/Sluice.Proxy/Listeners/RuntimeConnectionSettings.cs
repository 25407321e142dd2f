using Sluice.Configuration.Listeners;

namespace Sluice.Proxy.Listeners;

/// <summary>What is different about the client connections of a port, ready to be applied. Never changed.</summary>
internal sealed class RuntimeConnectionSettings(ConnectionSettings source)
{
    public ConnectionSettings Source => source;

    /// <summary>Null: as the system has it.</summary>
    public TcpProbes? Probes { get; } = source.TcpKeepalive is { } keepalive ? new TcpProbes(keepalive) : null;

    /// <summary>Unsent bytes from which on a producer pauses; 0: the engine's own.</summary>
    public int BufferBytes { get; } = source.BufferLimitBytes is { } bytes ? Math.Clamp(bytes, 1, ConnectionSettings.MaxBufferBytes) : 0;

    /// <summary>Milliseconds; 0: the data plane's limit.</summary>
    public long TlsHandshakeTimeout { get; } = source.TlsHandshakeTimeout is { } time && time > TimeSpan.Zero ? Math.Max(1, (long)time.TotalMilliseconds) : 0;

    /// <summary>Null without settings; the one of before when they are the same.</summary>
    public static RuntimeConnectionSettings? Of(ConnectionSettings? source, RuntimeConnectionSettings? previous) =>
        source is null ? null : ReferenceEquals(previous?.Source, source) ? previous : new RuntimeConnectionSettings(source);
}
