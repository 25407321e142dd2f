namespace Sluice.Resources.Reading.Nodes;

internal struct NodeEnumerator(ManifestTree tree, int first)
{
    private int _next = first;

    public Node Current { get; private set; }

    public bool MoveNext()
    {
        if (_next < 0)
            return false;
        Current = new Node(tree, _next);
        _next = tree[_next].Next;
        return true;
    }
}
