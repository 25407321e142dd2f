namespace Sluice.Kubernetes.Access;

/// <summary>Where an API server is and how to be let in. Made by <see cref="KubeConfig"/> or <see cref="InCluster"/>, or by hand.</summary>
public sealed class ClusterAccess
{
    private readonly Uri _server = null!;

    /// <summary>http or https, a path in front of the API's allowed, no user, query or fragment.</summary>
    public required Uri Server
    {
        get => _server;
        init => _server = CheckServer(value);
    }

    /// <summary>Who may sign the server's certificate. Null: whom the system trusts.</summary>
    public TrustAnchors? TrustAnchors { get; init; }

    /// <summary>The name that the server's certificate must have, and that is asked for (SNI and Host); null for the name in <see cref="Server"/>.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Any certificate will do. Default false.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>Null: HTTPS_PROXY and NO_PROXY of the environment.</summary>
    public Uri? Proxy { get; init; }

    public ICredentialSource Credentials { get; init; } = StaticCredentials.Anonymous;

    /// <summary>Sent with every request: impersonation.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The namespace of what does not name one. Default "default".</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Where this comes from, for messages: "context kind in /home/me/.kube/config".</summary>
    public string Origin { get; init; } = "";

    public override string ToString() => Origin.Length == 0 ? Server.ToString() : $"{Server} ({Origin})";

    /// <summary>What is wrong with the address of an API server; null when nothing is.</summary>
    internal static string? Flaw(Uri server) =>
        !server.IsAbsoluteUri || (server.Scheme != Uri.UriSchemeHttp && server.Scheme != Uri.UriSchemeHttps) ? "it must begin with https:// or http://"
        : server.UserInfo.Length > 0 ? "it must not hold a user or password: those belong into the user of the kubeconfig"
        : server.Query.Length > 0 || server.Fragment.Length > 0 ? "it must not have a query or fragment"
        : null;

    private static Uri CheckServer(Uri server) => Flaw(server) is { } flaw ? throw new ArgumentException($"The API server's address: {flaw}.", nameof(server)) : server;
}
