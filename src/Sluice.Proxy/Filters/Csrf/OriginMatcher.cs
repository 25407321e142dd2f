using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Filters.Csrf;

/// <summary>What an origin's host may be, beside the request's own.</summary>
internal sealed class OriginMatcher
{
    private readonly StringMatch _source;
    private readonly byte[] _value;
    private readonly TextPattern? _pattern;

    public OriginMatcher(StringMatch match)
    {
        _source = match;
        _value = Encoding.UTF8.GetBytes(match.Value);
        if (match.Type == StringMatchType.RegularExpression)
            _pattern = new TextPattern(match.Value);
    }

    /// <summary>Null when it can be used.</summary>
    public string? Problem => _pattern is not null ? _pattern.Problem : _value.Length == 0 ? "an empty text would match every origin or none" : null;

    public bool Matches(ReadOnlySpan<byte> host)
    {
        if (_pattern is not null)
            return _pattern.IsMatch(host);
        if (host.Length < _value.Length)
            return false;
        return _source.Type switch
        {
            StringMatchType.Exact => host.Length == _value.Length && Equals(host),
            StringMatchType.Prefix => Equals(host[.._value.Length]),
            StringMatchType.Suffix => Equals(host[^_value.Length..]),
            _ => Contains(host),
        };
    }

    private bool Equals(ReadOnlySpan<byte> text) => _source.IgnoreCase ? Ascii.EqualsIgnoreCase(text, _value) : text.SequenceEqual(_value);

    private bool Contains(ReadOnlySpan<byte> host)
    {
        if (!_source.IgnoreCase)
            return host.IndexOf(_value) >= 0;
        for (int i = 0; i + _value.Length <= host.Length; i++)
        {
            if (Equals(host.Slice(i, _value.Length)))
                return true;
        }
        return false;
    }
}
