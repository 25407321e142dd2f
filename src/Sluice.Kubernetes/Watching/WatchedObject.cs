namespace Sluice.Kubernetes.Watching;

/// <summary>All that is kept of an object.</summary>
/// <param name="ResourceVersion">Tells whether it is still the same.</param>
/// <param name="Value">Null when it is of no use.</param>
internal readonly record struct WatchedObject<T>(string ResourceVersion, T? Value)
    where T : class;
