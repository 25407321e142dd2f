using Sluice.ApiServer.Security;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Watching;

namespace Sluice.ApiServer;

/// <summary>How the API is to be.</summary>
public sealed record KubernetesApiOptions
{
    /// <summary>Clients must send it as bearer token. Null: only programs on this machine are answered.</summary>
    public string? Token { get; init; }

    /// <summary>Host names, besides localhost and loopback addresses, that clients without token may use.</summary>
    public IReadOnlyCollection<string> Hosts { get; init; } = [];

    /// <summary>Sluice's version, told by /version.</summary>
    public string Version { get; init; } = "0";

    /// <summary>Where the counter of resourceVersions starts. Null: above all that earlier processes have given out, which the clock tells.</summary>
    public long? FirstVersion { get; init; }

    /// <summary>A folder that objects are kept in, so that they are there after a restart. Null: in memory only.</summary>
    public string? DataFolder { get; init; }

    /// <summary>
    /// Why objects can only be read, and their statuses be written; what clients are told. Null: they can be changed. Not together
    /// with <see cref="DataFolder"/>.
    /// </summary>
    public string? ReadOnlyReason { get; init; }

    /// <summary>Bytes of all objects together, as JSON. More are refused with 507; what makes room is not. Default 1 GiB.</summary>
    public long MaxBytes { get; init; } = 1 << 30;

    /// <summary>Told, as sentences, of files that cannot be read or written. Must not throw.</summary>
    public Action<string> Problem { get; init; } = _ => { };

    public HistoryLimits History { get; init; } = HistoryLimits.Default;

    public WatchLimits Watches { get; init; } = WatchLimits.Default;

    /// <summary>Answers TokenReviews. Null: tokens are known that were requested here, of ServiceAccounts.</summary>
    public ITokenAuthenticator? TokenAuthenticator { get; init; }

    /// <summary>Told of defects that cost a request, or a step of the work in the background. Must not throw.</summary>
    public Action<Exception> Faulted { get; init; } = _ => { };

    /// <summary>Null for the system's clock.</summary>
    public TimeProvider? Clock { get; init; }
}
