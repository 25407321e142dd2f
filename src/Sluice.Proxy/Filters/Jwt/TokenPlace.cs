using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>Where a token stands in a request.</summary>
internal sealed class TokenPlace(JwtSource source)
{
    private readonly byte[] _header = Encoding.ASCII.GetBytes(source.Header?.ToLowerInvariant() ?? "");
    private readonly byte[] _prefix = Encoding.ASCII.GetBytes(source.Prefix);
    private readonly byte[] _query = Encoding.UTF8.GetBytes(source.Query ?? "");
    private readonly byte[] _cookie = Encoding.ASCII.GetBytes(source.Cookie ?? "");

    /// <summary>What counts when a provider names none (RFC 6750 2.1).</summary>
    public static JwtSource Default { get; } = new() { Header = "Authorization", Prefix = "Bearer " };

    /// <summary>Null when it can be used.</summary>
    public static string? Problem(JwtSource source)
    {
        int named = (source.Header is null ? 0 : 1) + (source.Query is null ? 0 : 1) + (source.Cookie is null ? 0 : 1);
        if (named != 1)
            return "a token's source needs exactly one of header, queryParameter and cookie";
        if (source.Header is { } header && (!FieldSyntax.IsName(header) || !Ascii.IsValid(source.Prefix) || !FieldSyntax.IsValue(source.Prefix)))
            return $"the header \"{header}\" or its prefix is none";
        if (source.Cookie is { } cookie && !FieldSyntax.IsName(cookie))
            return $"the cookie \"{cookie}\" is no name of a cookie";
        return source.Query is { } query && (query.Length == 0 || query.AsSpan().ContainsAny("&=?# ")) ? $"the query parameter \"{query}\" is no name of one as it is sent" : null;
    }

    /// <returns><see cref="JwtFailure.None"/> with a token, else <see cref="JwtFailure.Missing"/> or <see cref="JwtFailure.Ambiguous"/>.</returns>
    public JwtFailure Find(RequestHead head, out ReadOnlySpan<byte> token)
    {
        token = default;
        if (_header.Length > 0)
            return FindInFields(head, ref token);
        bool found = _query.Length > 0 ? QueryParameters.TryFind(head, _query, out token) : RequestCookies.TryFind(head, _cookie, out token);
        return found && token.Length > 0 ? JwtFailure.None : JwtFailure.Missing;
    }

    /// <summary>Takes the token out, so that the backend does not get it.</summary>
    public void Remove(RequestHead head)
    {
        if (_header.Length > 0)
            RequestFields.Remove(head, _header);
        else if (_query.Length > 0)
            QueryParameters.Remove(head, _query);
        else
            RequestCookies.Remove(head, _cookie);
    }

    private JwtFailure FindInFields(RequestHead head, ref ReadOnlySpan<byte> token)
    {
        JwtFailure result = JwtFailure.Missing;
        for (int i = RequestFields.Find(head, _header); i >= 0; i = RequestFields.Find(head, _header, i + 1))
        {
            ReadOnlySpan<byte> value = head.ValueOf(head.Fields[i]);
            if (value.Length <= _prefix.Length || !Ascii.EqualsIgnoreCase(value[.._prefix.Length], _prefix))
                continue;
            if (result == JwtFailure.None)
                return JwtFailure.Ambiguous;
            token = value[_prefix.Length..].Trim((byte)' ');
            result = JwtFailure.None;
        }
        return result;
    }
}
