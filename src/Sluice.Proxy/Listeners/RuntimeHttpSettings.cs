using System.Text;
using Sluice.Configuration.Listeners;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Listeners;

/// <summary>
/// How HTTP is spoken on a listener, ready to be asked. Shared by the workers, and never changed. What cannot be put in force is as
/// without settings, and said, but for what keeps requests out: that is refused.
/// </summary>
internal sealed class RuntimeHttpSettings
{
    /// <summary>Milliseconds that do not pass.</summary>
    private const long Forever = 1L << 40;

    private readonly List<string> _problems = [];

    public RuntimeHttpSettings(HttpSettings source)
    {
        Source = source;
        TrustedNetworks = [.. source.TrustedCidrs.Select(Network).OfType<IpPrefix>()];
        HasTrustedNetworks = source.TrustedCidrs.Count > 0;
        IdleTimeout = source.IdleTimeout is not { } idle ? 0 : idle <= TimeSpan.Zero ? Forever : Math.Max(1, (long)idle.TotalMilliseconds);
        StreamIdleTimeout = source.StreamIdleTimeout is { } silent && silent > TimeSpan.Zero ? Math.Max(1, (long)silent.TotalMilliseconds) : 0;
        MaxRequests = source.MaxRequestsPerConnection is > 0 and var most ? most : int.MaxValue;
        FieldCount = source.MaxHeadersCount is > 0 and var fields ? fields : int.MaxValue;
        HeadBytes = source.MaxRequestHeadersBytes is > 0 and var bytes ? bytes : int.MaxValue;
        HealthCheckPath = Path(source.HealthCheckPath);
        DefaultHost = Host(source.DefaultHostForHttp10);
        EarlyEdits = source.EarlyRequestHeaders is { } early ? HeaderEditsBuilder.Build([early], "early request header", _problems) : HeaderEdits.None;
        ServerHeader = source.ServerHeader is null && source.ServerName == HttpSettings.DefaultServerName ? null : Server(source);
        LocalReplies = source.LocalReplies is { } replies ? new RuntimeLocalReplies(replies, _problems) : null;
    }

    public HttpSettings Source { get; }

    /// <summary>What could not be put in force, one message each.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>The number of trusted proxies follows from <see cref="TrustedNetworks"/>.</summary>
    public bool HasTrustedNetworks { get; }

    public IpPrefix[] TrustedNetworks { get; }

    /// <summary>Milliseconds of a connection between requests; 0: the data plane's limit.</summary>
    public long IdleTimeout { get; }

    /// <summary>Milliseconds without a byte on either side of an exchange; 0: no limit.</summary>
    public long StreamIdleTimeout { get; }

    public int MaxRequests { get; }

    public int FieldCount { get; }

    public int HeadBytes { get; }

    /// <summary>Empty: none.</summary>
    public byte[] HealthCheckPath { get; }

    /// <summary>Empty: none.</summary>
    public byte[] DefaultHost { get; }

    public HeaderEdits EarlyEdits { get; }

    /// <summary>Null: as without settings.</summary>
    public ServerHeader? ServerHeader { get; }

    public RuntimeLocalReplies? LocalReplies { get; }

    /// <summary>Null for a listener without settings; the one of before when the settings are the same.</summary>
    public static RuntimeHttpSettings? Of(HttpSettings? source, RuntimeHttpSettings? previous) =>
        source is null ? null : ReferenceEquals(previous?.Source, source) ? previous : new RuntimeHttpSettings(source);

    /// <summary>How many entries at the end of X-Forwarded-For count until the client's: 0 when the peer itself is not trusted.</summary>
    public int CountTrusted(RequestHead head, ReadOnlySpan<byte> peer) => ForwardedFor.CountTrusted(head, peer, TrustedNetworks);

    private IpPrefix? Network(string text)
    {
        if (IpPrefix.TryParse(text, out var prefix, out var problem))
            return prefix;
        _problems.Add($"trusted networks: {problem}; it trusts nobody");
        return null;
    }

    private ServerHeader Server(HttpSettings source)
    {
        if (source.ServerName.Length > 0 && FieldSyntax.IsValue(source.ServerName))
            return new ServerHeader(source.ServerHeader, Encoding.UTF8.GetBytes(source.ServerName));
        _problems.Add("server name: it is no value of a header; \"sluice\" is sent");
        return new ServerHeader(source.ServerHeader, "sluice"u8.ToArray());
    }

    private byte[] Path(string? path)
    {
        if (path is null)
            return [];
        if (path.StartsWith('/') && !path.AsSpan().ContainsAny('?', '#') && path.All(c => c is > ' ' and < '\x7f'))
            return Encoding.ASCII.GetBytes(path);
        _problems.Add($"health check: \"{path}\" is no path such as /healthz; it is not answered");
        return [];
    }

    private byte[] Host(string? host)
    {
        if (host is null)
            return [];
        var bytes = Encoding.UTF8.GetBytes(host);
        if (Authority.IsValid(bytes))
            return bytes;
        _problems.Add($"HTTP/1.0: \"{host}\" is no host; requests without one get none");
        return [];
    }
}
