namespace Sluice.Proxy.Sessions;

/// <summary>Walks the values that cookies of one name have in a Cookie field (RFC 6265 5.4). There may be several: of different paths.</summary>
internal ref struct CookiePairs(ReadOnlySpan<byte> field, ReadOnlySpan<byte> name)
{
    private readonly ReadOnlySpan<byte> _name = name;
    private ReadOnlySpan<byte> _rest = field;

    public ReadOnlySpan<byte> Current { get; private set; }

    public bool MoveNext()
    {
        while (_rest.Length > 0)
        {
            int end = _rest.IndexOf((byte)';');
            ReadOnlySpan<byte> pair = (end < 0 ? _rest : _rest[..end]).Trim(" \t"u8);
            _rest = end < 0 ? default : _rest[(end + 1)..];

            // Names of cookies are compared with case.
            if (pair.Length > _name.Length && pair[_name.Length] == '=' && pair.StartsWith(_name))
            {
                Current = pair[(_name.Length + 1)..].Trim((byte)'"');
                return true;
            }
        }
        return false;
    }
}
