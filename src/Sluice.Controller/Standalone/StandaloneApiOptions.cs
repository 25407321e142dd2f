using System.Net;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Standalone;

/// <summary>The Kubernetes API of an instance without a cluster.</summary>
public sealed record StandaloneApiOptions
{
    /// <summary>Where it listens. Default 127.0.0.1:6480. Another than a loopback address needs <see cref="Token"/> and <see cref="Tls"/>.</summary>
    public IPEndPoint EndPoint { get; init; } = DefaultEndPoint;

    /// <summary>Without the address there is no start; else there is one without API.</summary>
    public bool IsRequired { get; init; }

    /// <summary>
    /// Where objects are kept, made when it does not exist. Null: in the first of the paths that is a folder, or in memory when none
    /// is.
    /// </summary>
    public string? DataFolder { get; init; }

    /// <summary>Clients must send it. Null: programs on this machine need none.</summary>
    public string? Token { get; init; }

    /// <summary>Null for cleartext.</summary>
    public LocalTls? Tls { get; init; }

    public static IPEndPoint DefaultEndPoint => new(IPAddress.Loopback, 6480);
}
