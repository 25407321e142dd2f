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

    /// <param name="host">Without port and trailing dot, in any case.</param>
    public T? Find(ReadOnlySpan<byte> host)
    {
        int position = FindPosition(host);
        return position < 0 ? null : _values[position];
    }

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
                position = FindWildcard(index, host);
                if (position >= 0)
                    return position;
            }
        }
        return index.Any;
    }

    private int FindWildcard(Index index, ReadOnlySpan<byte> host)
    {
        int labels = host.Count((byte)'.');
        ReadOnlySpan<byte> rest = host;
        while (labels > 0)
        {
            rest = rest[1..];
            rest = rest[rest.IndexOf((byte)'.')..];
            if ((index.WildcardLabels & Index.LabelBit(labels)) != 0)
            {
                int position = index.Probe(_names, rest);
                if (position >= 0)
                    return position;
            }
            labels--;
        }
        return -1;
    }

    private sealed class Index
    {
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
            for (int i = 0; i < names.Length; i++)
                Add(names, i);
        }

        public static ulong LabelBit(int labels) => 1UL << Math.Min(labels, 63);

        public static ReadOnlySpan<char> Key(string name) => name[0] == '*' ? name.AsSpan(1) : name;

        /// <summary>The position of the name whose key equals, or -1.</summary>
        public int Probe(string[] names, ReadOnlySpan<byte> key)
        {
            uint hash = ByteHash.OfFolded(key);
            Slot[] slots = Slots;
            for (uint i = hash; ; i++)
            {
                Slot slot = slots[i & (uint)(slots.Length - 1)];
                if (slot.Position == 0)
                    return -1;
                if (slot.Hash == hash && Ascii.EqualsIgnoreCase(key, Key(names[slot.Position - 1])))
                    return slot.Position - 1;
            }
        }

        private void Add(string[] names, int position)
        {
            string name = names[position];
            if (name is "" or "*")
            {
                Any = Any < 0 ? position : Any;
                return;
            }
            byte[] key = Encoding.UTF8.GetBytes(Key(name).ToString());
            if (name[0] == '*')
                WildcardLabels |= LabelBit(key.AsSpan().Count((byte)'.'));
            else
                HasExact = true;
            if (Probe(names, key) >= 0)
                return;
            uint hash = ByteHash.OfFolded(key);
            uint i = hash;
            while (Slots[i & (uint)(Slots.Length - 1)].Position != 0)
                i++;
            Slots[i & (uint)(Slots.Length - 1)] = new Slot { Hash = hash, Position = position + 1 };
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
