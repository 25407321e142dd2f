namespace Sluice.Kubernetes.Access;

/// <summary>clusters[].cluster: where the server is and how it proves itself.</summary>
internal static class ClusterReader
{
    public static ClusterAccess Read(KubeConfigNode cluster)
    {
        var server = Server(cluster);
        var authority = Embedded.Text(cluster, "certificate-authority");
        var insecure = cluster.Flag("insecure-skip-tls-verify");
        if (insecure && authority is not null)
            throw cluster.Wrong("insecure-skip-tls-verify", "must not be true when a certificate-authority is given: remove one of the two");
        return new ClusterAccess
        {
            Server = server,
            TrustAnchors = authority is null ? null : Anchors(authority),
            TlsServerName = cluster.Text("tls-server-name"),
            InsecureSkipTlsVerify = insecure,
            Proxy = Proxy(cluster),
        };
    }

    private static Uri Server(KubeConfigNode cluster)
    {
        var text = cluster.Text("server") ?? throw cluster.Wrong(null, "has no server: the address of the API server, such as https://10.0.0.1:6443");

        // kubectl takes "host:port" too, and means http by it.
        if (!text.Contains("://", StringComparison.Ordinal))
            text = "http://" + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var server))
            throw cluster.Wrong("server", "is no URL: expected one such as https://10.0.0.1:6443");
        return ClusterAccess.Flaw(server) is { } flaw ? throw cluster.Wrong("server", "is no address of an API server: " + flaw) : server;
    }

    private static Uri? Proxy(KubeConfigNode cluster)
    {
        if (cluster.Text("proxy-url") is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https" or "socks5"
            ? proxy
            : throw cluster.Wrong("proxy-url", "is no URL of a proxy: it must begin with http://, https:// or socks5://");
    }

    private static TrustAnchors Anchors(Embedded authority)
    {
        try
        {
            return authority.File is { } file ? TrustAnchors.OfFile(file, authority.Purpose) : TrustAnchors.OfPem(authority.Data!, authority.Purpose);
        }
        catch (ClusterAccessException error)
        {
            throw new ClusterAccessException($"{authority.Place}: {error.Message}", error);
        }
    }
}
