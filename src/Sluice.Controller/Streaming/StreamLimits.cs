using Sluice.Configuration.Streaming;

namespace Sluice.Controller.Streaming;

/// <summary>Every limit of the configuration stream's server, with its unit and default.</summary>
internal sealed record StreamLimits
{
    /// <summary>Streams at the same time. Default 10,000. Exceeded: 429.</summary>
    public int Connections { get; init; } = 10_000;

    /// <summary>Streams of one Gateway's proxies at the same time. Default 2,000. Exceeded: 429.</summary>
    public int ConnectionsPerGateway { get; init; } = 2_000;

    /// <summary>Requests per second, over all proxies. Default 500. Exceeded: 429, before the token is looked at.</summary>
    public int HandshakesPerSecond { get; init; } = 500;

    /// <summary>Requests that may come at once after a pause: all proxies, when the controller has started again. Default 2,000.</summary>
    public int HandshakeBurst { get; init; } = 2_000;

    /// <summary>Invalid tokens that may come from one address at once, after which it waits. Default 30. Exceeded: 429, which takes nothing from the other proxies' handshakes.</summary>
    public int RefusalBurst { get; init; } = 30;

    /// <summary>Invalid tokens of one address that are forgotten every second. Default 1.</summary>
    public int RefusalsPerSecond { get; init; } = 1;

    /// <summary>Characters of a token. Default 16 Ki. Exceeded: 401.</summary>
    public int TokenCharacters { get; init; } = 16 * 1024;

    /// <summary>From the answer's head to the proxy's first frame. Default 10 s. Exceeded: the stream is cut.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a proxy is shown that the controller is there. Default 15 s.</summary>
    public TimeSpan PingInterval { get; init; } = StreamProtocol.PingInterval;

    /// <summary>Longest silence of a proxy. Default 45 s. Exceeded: the stream is cut.</summary>
    public TimeSpan SilenceTimeout { get; init; } = StreamProtocol.SilenceTimeout;

    /// <summary>How long a proxy may take to receive one update. Default 60 s. Exceeded: the stream is cut.</summary>
    public TimeSpan UpdateTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Frames that a proxy may send beyond those it has reason to: answers to updates, and pings. Default 32. Exceeded: the stream is cut.</summary>
    public int SpareFrames { get; init; } = 32;

    /// <summary>After so long, less up to a tenth by chance, a stream is ended in order and the proxy proves itself anew. Default 1 h.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long the answers of all proxies to a configuration are waited for before it counts without those that lack. Default 2 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long after its start a controller waits for the proxies that another one configured, before it says of a Gateway that none
    /// serves it: a little more than the longest pause between their attempts. Default 20 s.
    /// </summary>
    public TimeSpan ReturnTolerance { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a configuration that was applied counts as applied after the last proxy has gone. Default 30 s.</summary>
    public TimeSpan AbsenceTolerance { get; init; } = TimeSpan.FromSeconds(30);
}
