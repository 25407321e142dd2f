using System.Globalization;
using System.Text;

namespace Sluice.Resources.Reading.Nodes;

/// <summary>
/// The values of one document, flat in one array that is used again for the next document, so that reading a file of
/// thousands of documents keeps nothing but the objects. Field paths are found from the parents when an error needs one.
/// </summary>
internal sealed class ManifestTree
{
    /// <summary>An array that one large document made longer than this is dropped after it.</summary>
    private const int KeptNodes = 4096;

    private TreeNode[] _nodes = new TreeNode[64];

    public int Count { get; private set; }

    /// <summary>Index 0, once a builder has filled the tree.</summary>
    public Node Root => new(this, 0);

    public ref TreeNode this[int index] => ref _nodes[index];

    public void Clear()
    {
        if (_nodes.Length > KeptNodes)
            _nodes = new TreeNode[64];
        else
            Array.Clear(_nodes, 0, Count);
        Count = 0;
    }

    public int Add(in TreeNode node)
    {
        if (Count == _nodes.Length)
            Array.Resize(ref _nodes, Count * 2);
        _nodes[Count] = node;
        return Count++;
    }

    /// <summary>"spec.listeners[0].port"; "" for the root.</summary>
    public string PathOf(int index)
    {
        var parts = new Stack<string>();
        for (var at = index; at > 0; at = _nodes[at].Parent)
        {
            ref var node = ref _nodes[at];
            parts.Push(node.Key is not null ? Quote(node.Key) : "[" + IndexInParent(at).ToString(CultureInfo.InvariantCulture) + "]");
        }

        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (text.Length > 0 && part[0] != '[')
                text.Append('.');
            text.Append(part);
        }

        return text.ToString();
    }

    private int IndexInParent(int index)
    {
        var position = 0;
        for (var at = _nodes[_nodes[index].Parent].FirstChild; at != index && at >= 0; at = _nodes[at].Next)
            position++;
        return position;
    }

    /// <summary>Label and annotation keys have dots and slashes of their own: ["app.kubernetes.io/name"].</summary>
    private static string Quote(string key)
    {
        foreach (var c in key)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not '-' and not '_')
                return "[" + Describe.Quoted(key) + "]";
        }

        return key.Length == 0 ? "[\"\"]" : key;
    }
}
