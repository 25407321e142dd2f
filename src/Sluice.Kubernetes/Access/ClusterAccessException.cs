namespace Sluice.Kubernetes.Access;

/// <summary>A kubeconfig or a pod's service account cannot be used. The message names the file, the field and what would be right; never a secret.</summary>
public sealed class ClusterAccessException(string message, Exception? inner = null) : Exception(message, inner);
