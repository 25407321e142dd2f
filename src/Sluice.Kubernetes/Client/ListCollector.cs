namespace Sluice.Kubernetes.Client;

/// <summary>Keeps what it is given.</summary>
internal sealed class ListCollector : IListReceiver
{
    public List<ReadOnlyMemory<byte>> Items { get; } = [];

    public void Restart() => Items.Clear();

    public void Add(ReadOnlyMemory<byte> json) => Items.Add(json.ToArray());
}
