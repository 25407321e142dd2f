namespace Sluice.Kubernetes.Events;

public enum EventType
{
    Normal,
    Warning,
}
