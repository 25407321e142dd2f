namespace Sluice.Kubernetes.Access;

/// <summary>Access as kubectl has it: a kubeconfig file, or several.</summary>
public static class KubeConfig
{
    /// <param name="path">The file. Null: the files in KUBECONFIG, merged; without that ~/.kube/config.</param>
    /// <param name="context">Null for the current context.</param>
    /// <exception cref="ClusterAccessException">Anything in it that is needed is missing or wrong.</exception>
    public static ClusterAccess Load(string? path = null, string? context = null) =>
        Load(path, context, Environment.GetEnvironmentVariable, TimeProvider.System);

    /// <summary>Whether <see cref="Load(string?, string?)"/> without a path would find a file.</summary>
    public static bool Exists() => Exists(Environment.GetEnvironmentVariable);

    internal static bool Exists(Func<string, string?> environment) =>
        environment("KUBECONFIG") is { Length: > 0 } || File.Exists(Path.Combine(environment("HOME") ?? "", ".kube", "config"));

    internal static ClusterAccess Load(string? path, string? context, Func<string, string?> environment, TimeProvider clock)
    {
        var files = KubeConfigFiles.Read(path, environment);
        var name = context ?? files.CurrentContext
            ?? throw new ClusterAccessException($"{files.Names}: there is no current-context; name one of: {List(files, "contexts")}");
        var entry = files.Find("contexts", "context", name)
            ?? throw new ClusterAccessException($"{files.Names}: there is no context \"{name}\"; there are: {List(files, "contexts")}");
        var clusterName = entry.Text("cluster") ?? throw entry.Wrong(null, "names no cluster");
        var cluster = files.Find("clusters", "cluster", clusterName)
            ?? throw entry.Wrong("cluster", $"names the cluster \"{clusterName}\", which does not exist; there are: {List(files, "clusters")}");
        var access = ClusterReader.Read(cluster);
        var userName = entry.Text("user");
        var user = userName is null ? null : files.Find("users", "user", userName)
            ?? throw entry.Wrong("user", $"names the user \"{userName}\", which does not exist; there are: {List(files, "users")}");
        return new ClusterAccess
        {
            Server = access.Server,
            TrustAnchors = access.TrustAnchors,
            TlsServerName = access.TlsServerName,
            InsecureSkipTlsVerify = access.InsecureSkipTlsVerify,
            Proxy = access.Proxy,
            Credentials = user is null ? StaticCredentials.Anonymous : new UserReader(user, cluster, access, environment, clock).Read(),
            Headers = user is null ? [] : Impersonation.Read(user),
            Namespace = entry.Text("namespace") ?? "default",
            Origin = $"context {name} in {entry.File}",
        };
    }

    private static string List(KubeConfigFiles files, string section) => files.NamesOf(section).ToArray() is { Length: > 0 } names ? string.Join(", ", names) : "none";
}
