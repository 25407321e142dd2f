namespace Sluice.Kubernetes.Watching;

/// <summary>Makes of an object what is kept of it.</summary>
/// <param name="json">The object, complete with kind and apiVersion. Valid during the call only.</param>
/// <param name="previous">What was made of the object before; null when it is new, or was of no use.</param>
/// <returns>Null when the object is of no use. <paramref name="previous"/> itself when nothing that matters has changed: then nobody is told.</returns>
public delegate T? WatchConverter<T>(ReadOnlyMemory<byte> json, T? previous)
    where T : class;
