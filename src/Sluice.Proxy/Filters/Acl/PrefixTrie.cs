using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Filters.Acl;

/// <summary>
/// Finds the longest prefix that holds an address: a binary trie without its one-way stretches, in one array. At most twice as many
/// nodes as prefixes; a look-up takes a step for each prefix that holds the address and each fork above it, not for each bit.
/// </summary>
internal sealed class PrefixTrie
{
    private const int None = -1;

    private Node[] _nodes = new Node[4];
    private int _count;

    public PrefixTrie() => Create(default, None);

    /// <summary>Adds a prefix with its value, 0 or more.</summary>
    /// <returns>False when the prefix is there already: its value stays, and is given.</returns>
    public bool TryAdd(IpPrefix prefix, int value, out int known)
    {
        known = value;
        int at = 0;
        while (true)
        {
            if (_nodes[at].Prefix.Length == prefix.Length)
            {
                if (_nodes[at].Value != None)
                {
                    known = _nodes[at].Value;
                    return false;
                }
                _nodes[at].Value = value;
                return true;
            }

            int child = _nodes[at].Child(prefix.Bits);
            if (child == None)
            {
                int leaf = Create(prefix, value);
                _nodes[at].SetChild(prefix.Bits, leaf);
                return true;
            }

            IpPrefix next = _nodes[child].Prefix;
            int common = Math.Min(Math.Min(CommonLength(prefix.Bits, next.Bits), next.Length), prefix.Length);
            if (common < next.Length)
            {
                int fork = Create(new IpPrefix(prefix.Bits & IpPrefix.Mask(common), common), None);
                _nodes[fork].SetChild(next.Bits, child);
                _nodes[at].SetChild(prefix.Bits, fork);
                child = fork;
            }
            at = child;
        }
    }

    /// <summary>Gives the value of a prefix that is there another.</summary>
    public void Replace(IpPrefix prefix, int value)
    {
        int at = 0;
        while (_nodes[at].Prefix.Length != prefix.Length)
            at = _nodes[at].Child(prefix.Bits);
        _nodes[at].Value = value;
    }

    /// <summary>The value of the longest prefix that holds the address; -1 when none does.</summary>
    public int Find(UInt128 address)
    {
        Node[] nodes = _nodes;
        int found = None;
        for (int at = 0; at != None && nodes[at].Prefix.Contains(address); at = nodes[at].Child(address))
        {
            if (nodes[at].Value != None)
                found = nodes[at].Value;
            if (nodes[at].Prefix.Length == 128)
                break;
        }
        return found;
    }

    private static int CommonLength(UInt128 one, UInt128 other) => (int)UInt128.LeadingZeroCount(one ^ other);

    private int Create(IpPrefix prefix, int value)
    {
        if (_count == _nodes.Length)
            Array.Resize(ref _nodes, 2 * _count);
        _nodes[_count] = new Node { Prefix = prefix, Value = value, Zero = None, One = None };
        return _count++;
    }

    private struct Node
    {
        public IpPrefix Prefix;
        public int Value;
        public int Zero;
        public int One;

        // The first bit behind the prefix decides.
        public readonly int Child(UInt128 bits) => Bit(bits) ? One : Zero;

        public void SetChild(UInt128 bits, int child)
        {
            if (Bit(bits))
                One = child;
            else
                Zero = child;
        }

        private readonly bool Bit(UInt128 bits) => ((bits >> (127 - Prefix.Length)) & UInt128.One) != UInt128.Zero;
    }
}
