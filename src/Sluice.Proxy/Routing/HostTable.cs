using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Sluice.Proxy.Routing;

/// <summary>
/// Finds the most specific of a set of hostnames: the exact name, else the longest wildcard, else the name for every host.
/// One open-addressed table holds exact names ("a.example") and the tails of wildcards (".example"); a lookup hashes the
/// host once, and once more for each number of labels that some wildcard has. Immutable; nothing is allocated by a lookup.
/// </summary>
internal sealed class HostTable<T>
    where T : class
{
    private readonly string[] _names;
    private readonly T[] _values;
    private readonly Index _index;

    private HostTable(string[] names, T[] values, Index index)
    {
        _names = names;
        _values = values;
        _index = index;
    }

    public int Count => _values.Length;

    public ReadOnlySpan<T> Values => _values;

    /// <summary>
    /// Names: "" or "*" for every host, "*.example" for one or more labels in front, else exact; compared without case. Of
    /// equal names the first counts. The index of a previous table with the same names is shared.
    /// </summary>
    public static HostTable<T> Create(string[] names, T[] values, HostTable<T>? previous = null)
    {
        if (previous is not null && names.AsSpan().SequenceEqual(previous._names))
            return new HostTable<T>(previous._names, values, previous._index);
        return new HostTable<T>(names, values, new Index(names));
    }

    /// <summary>The same names with other values.</summary>
    public HostTable<T> With(T[] values) => new(_names, values, _index);

    /// <param name="host">Without port and trailing dot, in any case.</param>
    public T? Find(ReadOnlySpan<byte> host)
    {
        int position = FindPosition(host);
        return position < 0 ? null : _values[position];
    }

    /// <summary>Every value whose name matches, from the most specific to the least.</summary>
    /// <param name="host">Without port and trailing dot, in any case.</param>
    public Matches FindAll(ReadOnlySpan<byte> host) => new(this, host);

    private int FindPosition(ReadOnlySpan<byte> host)
    {
        Index index = _index;
        if (index.Slots.Length > 0 && host.Length > 0 && host[0] != '.')
        {
            int position = index.HasExact ? index.Probe(_names, host) : -1;
            if (position >= 0)
                return position;
            if (index.WildcardLabels != 0)
            {
                ReadOnlySpan<byte> rest = host;
                int labels = host.Count((byte)'.');
                position = FindWildcard(index, ref rest, ref labels);
                if (position >= 0)
                    return position;
            }
        }
        return index.Any;
    }

    // Takes one label after the other off the front of the rest, and stops where a wildcard has what is left as its tail.
    private int FindWildcard(Index index, ref ReadOnlySpan<byte> rest, ref int labels)
    {
        while (labels > 0)
        {
            rest = rest[1..];
            rest = rest[rest.IndexOf((byte)'.')..];
            bool possible = (index.WildcardLabels & Index.LabelBit(labels)) != 0;
            labels--;
            if (possible && index.Probe(_names, rest) is var position and >= 0)
                return position;
        }
        return -1;
    }

    /// <summary>Walks the values that match one host.</summary>
    public ref struct Matches
    {
        private readonly HostTable<T> _table;
        private ReadOnlySpan<byte> _rest;
        private int _labels;
        private Step _step;

        public Matches(HostTable<T> table, ReadOnlySpan<byte> host)
        {
            _table = table;
            _rest = host;
            _step = table._index.Slots.Length > 0 && host.Length > 0 && host[0] != '.' ? Step.Exact : Step.Any;
        }

        private enum Step : byte
        {
            Exact,
            Wildcards,
            Any,
            End,
        }

        /// <summary>Null when there is no more.</summary>
        public T? Next()
        {
            Index index = _table._index;
            if (_step == Step.Exact)
            {
                _step = Step.Wildcards;
                _labels = index.WildcardLabels != 0 ? _rest.Count((byte)'.') : 0;
                if (index.HasExact && index.Probe(_table._names, _rest) is var exact and >= 0)
                    return _table._values[exact];
            }
            if (_step == Step.Wildcards)
            {
                if (_table.FindWildcard(index, ref _rest, ref _labels) is var wildcard and >= 0)
                    return _table._values[wildcard];
                _step = Step.Any;
            }
            if (_step == Step.Any)
            {
                _step = Step.End;
                return index.Any >= 0 ? _table._values[index.Any] : null;
            }
            return null;
        }
    }

    private sealed class Index
    {
        /// <summary>Enough for every valid hostname: thousands are added when one of them changes.</summary>
        private const int MaxStackBytes = 1024;

        public Slot[] Slots = [];
        public bool HasExact;
        public int Any = -1;

        /// <summary>Bit n: some wildcard's tail has n labels (the last bit: that many or more).</summary>
        public ulong WildcardLabels;

        public Index(string[] names)
        {
            int named = 0;
            foreach (string name in names)
                named += name is "" or "*" ? 0 : 1;
            if (named > 0)
                Slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)(named + named / 2 + 1))];
            Span<byte> key = stackalloc byte[MaxStackBytes];
            for (int i = 0; i < names.Length; i++)
                Add(names, i, key);
        }

        public static ulong LabelBit(int labels) => 1UL << Math.Min(labels, 63);

        public static ReadOnlySpan<char> Key(string name) => name[0] == '*' ? name.AsSpan(1) : name;

        /// <summary>The position of the name whose key equals, or -1.</summary>
        public int Probe(string[] names, ReadOnlySpan<byte> key) => Slots[SlotOf(names, key, ByteHash.OfFolded(key))].Position - 1;

        /// <summary>The slot of the name whose key equals, else the free one where it would be.</summary>
        private uint SlotOf(string[] names, ReadOnlySpan<byte> key, uint hash)
        {
            Slot[] slots = Slots;
            for (uint i = hash; ; i++)
            {
                uint at = i & (uint)(slots.Length - 1);
                Slot slot = slots[at];
                if (slot.Position == 0 || (slot.Hash == hash && Ascii.EqualsIgnoreCase(key, Key(names[slot.Position - 1]))))
                    return at;
            }
        }

        private void Add(string[] names, int position, Span<byte> buffer)
        {
            string name = names[position];
            if (name is "" or "*")
            {
                Any = Any < 0 ? position : Any;
                return;
            }
            ReadOnlySpan<byte> key = Encoding.UTF8.TryGetBytes(Key(name), buffer, out int length) ? buffer[..length] : Encoding.UTF8.GetBytes(Key(name).ToString());
            if (name[0] == '*')
                WildcardLabels |= LabelBit(key.Count((byte)'.'));
            else
                HasExact = true;
            uint hash = ByteHash.OfFolded(key);
            ref Slot slot = ref Slots[SlotOf(names, key, hash)];
            if (slot.Position == 0)
                slot = new Slot { Hash = hash, Position = position + 1 };
        }
    }

    /// <summary>Position counts from 1; 0 is free.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Slot
    {
        public uint Hash;
        public int Position;
    }
}
