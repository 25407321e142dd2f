namespace Sluice.Kubernetes.Access;

/// <summary>Access from within a pod, by its service account.</summary>
public static class InCluster
{
    private const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Whether this process runs in a pod that may talk to its API server.</summary>
    public static bool IsInCluster => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 } && File.Exists(Path.Combine(Folder, "token"));

    /// <summary>The token is read anew every minute, as the kubelet replaces it, and so is the certificate authority.</summary>
    /// <exception cref="ClusterAccessException">Not in a pod, or in one without a service account's token.</exception>
    public static ClusterAccess Load() => Load(Folder, Environment.GetEnvironmentVariable, TimeProvider.System);

    internal static ClusterAccess Load(string folder, Func<string, string?> environment, TimeProvider clock)
    {
        var token = Path.Combine(folder, "token");
        var credentials = new TokenFileCredentials(token, "service account", clock);
        var server = Server(environment);
        BearerToken.Check(BoundedFile.Read(token, "service account (is automountServiceAccountToken off?)"), $"service account: the file {token}");
        var ns = Path.Combine(folder, "namespace");
        return new ClusterAccess
        {
            Server = server,
            TrustAnchors = TrustAnchors.OfFile(Path.Combine(folder, "ca.crt"), "service account", clock),
            Credentials = credentials,
            Namespace = File.Exists(ns) && BoundedFile.Read(ns, "service account").Trim() is { Length: > 0 } name ? name : "default",
            Origin = "in the cluster",
        };
    }

    private static Uri Server(Func<string, string?> environment)
    {
        var host = environment("KUBERNETES_SERVICE_HOST");
        var port = environment("KUBERNETES_SERVICE_PORT");
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port))
            throw new ClusterAccessException("KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set: this is no pod of a cluster; outside, a kubeconfig says where the cluster is");
        if (host.Contains(':', StringComparison.Ordinal))
            host = $"[{host}]";
        return Uri.TryCreate($"https://{host}:{port}", UriKind.Absolute, out var server) && ClusterAccess.Flaw(server) is null
            ? server
            : throw new ClusterAccessException($"KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT (\"{host}\", \"{port}\") make no address");
    }
}
