namespace Sluice.Kubernetes.Client;

/// <summary>One line of a watch.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object as JSON, complete with kind and apiVersion. Valid until the next event is asked for.</param>
public readonly record struct WatchEvent(WatchEventType Type, ReadOnlyMemory<byte> Object);
