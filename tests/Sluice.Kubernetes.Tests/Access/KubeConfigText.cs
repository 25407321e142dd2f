using System.Text;
using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Tests.Support;

namespace Sluice.Kubernetes.Tests.Access;

/// <summary>A kubeconfig with one context, whose parts a test replaces.</summary>
internal static class KubeConfigText
{
    public static string Of(string user = "token: abc", string cluster = "server: https://127.0.0.1:6443", string context = "{ cluster: c, user: u }") => $"""
        apiVersion: v1
        kind: Config
        current-context: x
        contexts:
        - name: x
          context: {context}
        clusters:
        - name: c
          cluster:
            {cluster.Replace("\n", "\n    ", StringComparison.Ordinal)}
        users:
        - name: u
          user:
            {user.Replace("\n", "\n    ", StringComparison.Ordinal)}
        """;

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public static ClusterAccess Load(TempFolder folder, string text, string? context = null, TimeProvider? clock = null) =>
        KubeConfig.Load(folder.Write("config", text), context, name => name == "PATH" ? Environment.GetEnvironmentVariable(name) : null, clock ?? TimeProvider.System);

    public static async Task<string?> AuthorizationAsync(ClusterAccess access) => (await access.Credentials.GetAsync(TestContext.Current.CancellationToken)).Authorization;
}
