namespace Sluice.Kubernetes.Access;

/// <summary>Paths in a kubeconfig are relative to its folder.</summary>
internal static class RelativePath
{
    public static string Resolve(string kubeConfig, string path) => Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(kubeConfig))!);
}
