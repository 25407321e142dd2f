namespace Sluice.Kubernetes.Events;

/// <summary>What makes two Events equal.</summary>
internal sealed record EventEntry(EventTarget Target, EventTarget? Related, EventType Type, string Reason, string Action, string Note);
