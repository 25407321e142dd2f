using Sluice.Configuration;

namespace Sluice.Proxy.Explain;

/// <summary>A listener, and why the request belongs to it or not.</summary>
public sealed record ListenerCandidate
{
    /// <summary>As "namespace/name".</summary>
    public required string Gateway { get; init; }

    public required string Name { get; init; }

    /// <summary>The port that the Gateway states.</summary>
    public required int Port { get; init; }

    /// <summary>The port that is bound.</summary>
    public required int BindPort { get; init; }

    public required ListenerProtocol Protocol { get; init; }

    /// <summary>"" for every host.</summary>
    public required string Hostname { get; init; }

    /// <summary>It is on the port, and speaks what the client begins with.</summary>
    public required bool PortMatches { get; init; }

    public required bool HostnameMatches { get; init; }

    public bool Wins { get; init; }

    public required string Reason { get; init; }
}
