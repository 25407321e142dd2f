namespace Sluice.Proxy.Filters;

/// <summary>
/// Response edits of one exchange: those of the rule or backend, followed by fields that only this request makes (the origin that
/// CORS allows, the token of a session). To whoever writes a head they are edits like any other. Belongs to one worker; reused
/// with its buffers, so that nothing is allocated for a request once they have grown.
/// </summary>
internal sealed class ExchangeEdits() : HeaderEdits([], [], [], [])
{
    /// <summary>Larger buffers than this are not kept for the next exchange.</summary>
    private const int KeptBytes = 16 * 1024;

    private byte[] _ownLines = [];
    private byte[] _ownNames = [];
    private AppendedField[] _own = [];
    private int _ownLinesLength;
    private int _ownNamesLength;
    private int _ownCount;

    /// <summary>
    /// The own fields are part of what the basis changes: those that it drops go. Of requests, where filters come before the rule's
    /// edits.
    /// </summary>
    public bool YieldsToBasis { get; set; }

    /// <summary>Own fields so far.</summary>
    public int OwnCount => _ownCount;

    /// <summary>The edits that the own fields stand behind now; null when fields were added since.</summary>
    public HeaderEdits? Basis { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Basis = null;
        YieldsToBasis = false;
        _ownLinesLength = _ownNamesLength = _ownCount = 0;
        LinesLength = AppendedCount = 0;
        TakeRemoved(None);
        if (Lines.Length > KeptBytes)
            Lines = [];
        if (_ownLines.Length > KeptBytes)
            _ownLines = [];
    }

    /// <summary>Adds a field. Takes effect with the next <see cref="Follow"/>.</summary>
    /// <param name="name">As it is written in HTTP/1.1.</param>
    /// <param name="value">Must be a field value: it is not checked here.</param>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Span<byte> target = Begin(name, value.Length);
        value.CopyTo(target);
        End(value.Length);
    }

    /// <summary>As <see cref="Add"/>, with a value that is written in place: <see cref="End"/> says how long it has become.</summary>
    public Span<byte> Begin(ReadOnlySpan<byte> name, int maxLength)
    {
        Grow(ref _ownLines, _ownLinesLength, name.Length + maxLength + 4);
        Grow(ref _ownNames, _ownNamesLength, name.Length);
        Grow(ref _own, _ownCount, 1);
        int start = _ownLinesLength;
        Basis = null;
        Span<byte> line = _ownLines.AsSpan(start);
        name.CopyTo(line);
        ": "u8.CopyTo(line[name.Length..]);
        System.Text.Ascii.ToLower(name, _ownNames.AsSpan(_ownNamesLength), out _);
        _own[_ownCount] = new AppendedField(start, _ownNamesLength, name.Length, start + name.Length + 2, 0);
        return line.Slice(name.Length + 2, maxLength);
    }

    public void End(int length)
    {
        ref AppendedField field = ref _own[_ownCount];
        field = field with { ValueLength = length };
        int end = field.ValueOffset + length;
        "\r\n"u8.CopyTo(_ownLines.AsSpan(end));
        _ownLinesLength = end + 2;
        _ownNamesLength += field.NameLength;
        _ownCount++;
    }

    /// <summary>The value of the last own field of that name.</summary>
    public bool TryFindOwn(ReadOnlySpan<byte> lowerName, out ReadOnlySpan<byte> value)
    {
        for (int i = _ownCount - 1; i >= 0; i--)
        {
            if (OwnLowerName(i).SequenceEqual(lowerName))
            {
                value = _ownLines.AsSpan(_own[i].ValueOffset, _own[i].ValueLength);
                return true;
            }
        }
        value = default;
        return false;
    }

    /// <summary>Takes out own fields of that name.</summary>
    /// <param name="lowerName">In lower case.</param>
    /// <param name="count">So many of the first are looked at.</param>
    /// <returns>How many went.</returns>
    public int RemoveOwn(ReadOnlySpan<byte> lowerName, int count)
    {
        int before = _ownCount;
        for (int i = Math.Min(count, before) - 1; i >= 0; i--)
        {
            if (OwnLowerName(i).SequenceEqual(lowerName))
                RemoveOwnAt(i);
        }
        return before - _ownCount;
    }

    /// <summary>Puts the own fields behind these edits.</summary>
    public void Follow(HeaderEdits basis)
    {
        for (int i = _ownCount - 1; i >= 0 && YieldsToBasis; i--)
        {
            if (basis.Removes(OwnLowerName(i)))
                RemoveOwnAt(i);
        }
        Basis = basis;
        TakeRemoved(basis);
        ReadOnlySpan<byte> lines = basis.AppendedLines;
        byte[] target = Lines;
        Grow(ref target, 0, lines.Length + _ownLinesLength);
        lines.CopyTo(target);
        _ownLines.AsSpan(0, _ownLinesLength).CopyTo(target.AsSpan(lines.Length));
        Lines = target;
        LinesLength = lines.Length + _ownLinesLength;

        int count = basis.AppendedCount;
        AppendedField[] fields = Appended;
        Grow(ref fields, 0, count + _ownCount);
        byte[] names = LowerNames;
        int namesLength = CopyBasis(basis, fields, ref names);
        Grow(ref names, namesLength, _ownNamesLength);
        _ownNames.AsSpan(0, _ownNamesLength).CopyTo(names.AsSpan(namesLength));
        for (int i = 0; i < _ownCount; i++)
        {
            AppendedField field = _own[i];
            fields[count + i] = field with
            {
                NameOffset = field.NameOffset + lines.Length,
                ValueOffset = field.ValueOffset + lines.Length,
                LowerNameOffset = field.LowerNameOffset + namesLength,
            };
        }
        Appended = fields;
        LowerNames = names;
        AppendedCount = count + _ownCount;
    }

    private ReadOnlySpan<byte> OwnLowerName(int index) => _ownNames.AsSpan(_own[index].LowerNameOffset, _own[index].NameLength);

    private void RemoveOwnAt(int index)
    {
        AppendedField gone = _own[index];
        int lineEnd = gone.ValueOffset + gone.ValueLength + 2, line = lineEnd - gone.NameOffset, nameEnd = gone.LowerNameOffset + gone.NameLength;
        _ownLines.AsSpan(lineEnd, _ownLinesLength - lineEnd).CopyTo(_ownLines.AsSpan(gone.NameOffset));
        _ownNames.AsSpan(nameEnd, _ownNamesLength - nameEnd).CopyTo(_ownNames.AsSpan(gone.LowerNameOffset));
        _ownLinesLength -= line;
        _ownNamesLength -= gone.NameLength;
        _ownCount--;
        for (int i = index; i < _ownCount; i++)
        {
            AppendedField field = _own[i + 1];
            _own[i] = field with
            {
                NameOffset = field.NameOffset - line,
                ValueOffset = field.ValueOffset - line,
                LowerNameOffset = field.LowerNameOffset - gone.NameLength,
            };
        }
        Basis = null;
    }

    private static int CopyBasis(HeaderEdits basis, AppendedField[] fields, ref byte[] names)
    {
        int nameOffset = 0;
        for (int i = 0; i < basis.AppendedCount; i++)
        {
            ReadOnlySpan<byte> name = basis.AppendedLowerName(i);
            Grow(ref names, nameOffset, name.Length);
            name.CopyTo(names.AsSpan(nameOffset));
            fields[i] = basis.AppendedAt(i) with { LowerNameOffset = nameOffset };
            nameOffset += name.Length;
        }
        return nameOffset;
    }

    private static void Grow<T>(ref T[] items, int used, int more)
    {
        if (items.Length - used < more)
            Array.Resize(ref items, Math.Max(used + more, Math.Max(64, 2 * items.Length)));
    }
}
