using Sluice.Configuration;

namespace Sluice.Proxy.Filters;

/// <summary>
/// Writes the path that a PathModifier makes of a request's. The result always begins with "/", and has no "//" where the
/// replacement and the rest of the path join. The query is no part of it: the caller keeps it.
/// </summary>
internal sealed class PathRewriter
{
    private readonly byte[] _value;
    private readonly bool _replacesAll;

    public PathRewriter(PathModifier modifier)
    {
        _replacesAll = modifier.Type == PathModifierType.ReplaceFullPath;
        // A trailing slash of a prefix is ignored (HTTPPathModifier.replacePrefixMatch).
        string value = _replacesAll ? modifier.Value : modifier.Value.TrimEnd('/');
        if (_replacesAll || value.Length > 0)
            value = '/' + value.TrimStart('/');
        _value = UriText.EncodePath(value);
    }

    /// <summary>Octets that the result can have at most.</summary>
    public int MaxLength(int pathLength) => _value.Length + pathLength + 1;

    /// <param name="path">The request's path.</param>
    /// <param name="matchedLength">How much of it the entry matched: <see cref="Routing.RuntimeEntry.MatchedLength"/>.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> octets are always enough.</param>
    /// <param name="written">Octets of the new path.</param>
    /// <returns>False when the destination is too small.</returns>
    public bool TryWrite(ReadOnlySpan<byte> path, int matchedLength, Span<byte> destination, out int written)
    {
        ReadOnlySpan<byte> rest = _replacesAll ? default : path[matchedLength..];
        bool slash = rest.Length > 0 && rest[0] == '/';
        rest = rest.TrimStart((byte)'/');
        slash |= _value.Length == 0;
        written = _value.Length + (slash ? 1 : 0) + rest.Length;
        if (destination.Length < written)
        {
            written = 0;
            return false;
        }
        _value.CopyTo(destination);
        if (slash)
            destination[_value.Length] = (byte)'/';
        rest.CopyTo(destination[(written - rest.Length)..]);
        return true;
    }
}
