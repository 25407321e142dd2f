namespace Sluice.Kubernetes.Client;

/// <summary>Takes the objects of a list as they arrive.</summary>
public interface IListReceiver
{
    /// <summary>
    /// What was given so far does not count: the list became too old between two of its pages and begins anew, so that all of it
    /// shows one moment.
    /// </summary>
    void Restart();

    /// <param name="json">The object, complete with kind and apiVersion. Valid during the call only.</param>
    void Add(ReadOnlyMemory<byte> json);
}
