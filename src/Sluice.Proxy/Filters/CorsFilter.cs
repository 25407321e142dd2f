using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters;

/// <summary>
/// CORS of one rule (HTTPCORSFilter, GEP-1767; the Fetch standard, "CORS protocol"):
///
///   (1) A preflight (OPTIONS with Origin and Access-Control-Request-Method) is answered by the proxy and never forwarded. One from
///       an origin that is not allowed gets the same 204 without any Access-Control-* field, which makes the browser refuse.
///   (2) Every other request is served. Its response loses the backend's Access-Control-* fields, and gets the proxy's when the
///       origin is allowed. What depends on Origin says so in Vary, also in responses to requests without one.
///
/// Immutable; shared by the workers.
/// </summary>
internal sealed class CorsFilter
{
    /// <summary>Names of Access-Control-Request-Headers that are echoed, octets in all; a longer list is not allowed.</summary>
    public const int MaxEchoedHeaders = 4096;

    /// <summary>An origin that is echoed; a longer one is not allowed.</summary>
    public const int MaxEchoedOrigin = 1024;

    private readonly CorsOrigin[] _origins;
    private readonly byte[][] _opaqueOrigins;
    private readonly bool _anyOrigin;
    private readonly bool _credentials;
    private readonly CorsList _methods;
    private readonly CorsList _headers;
    private readonly byte[] _exposed;
    private readonly byte[] _maxAge;

    public CorsFilter(CorsPolicy policy, ICollection<string> problems)
    {
        _credentials = policy.AllowCredentials;
        _anyOrigin = policy.AllowOrigins.Contains("*");
        _methods = new CorsList(policy.AllowMethods, _credentials, "CORS allowMethods", problems);
        _headers = new CorsList(policy.AllowHeaders, _credentials, "CORS allowHeaders", problems);
        var exposed = new CorsList(policy.ExposeHeaders, _credentials, "CORS exposeHeaders", problems);

        // With credentials "*" would mean a field of that name (Fetch, Access-Control-Expose-Headers), and nothing in the request
        // says what could stand in its place.
        _exposed = exposed.IsEchoed ? [] : exposed.Text;
        _maxAge = Encoding.ASCII.GetBytes(((long)policy.MaxAge.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var origins = new List<CorsOrigin>();
        var opaque = new List<byte[]>();
        foreach (string origin in policy.AllowOrigins)
        {
            if (origin == "null")
                opaque.Add("null"u8.ToArray());
            else if (origin != "*" && CorsOrigin.Parse(origin) is { } parsed)
                origins.Add(parsed);
            else if (origin != "*")
                problems.Add($"CORS allowOrigins: \"{origin}\" is no origin; it is left out");
        }
        _origins = [.. origins];
        _opaqueOrigins = [.. opaque];
        ResponseModifier = Modifier();
    }

    /// <summary>Every response gets the same fields, whatever its request's origin.</summary>
    private bool IsUniform => _anyOrigin && !_credentials;

    /// <summary>What holds for every response of the rule, to be applied after all other edits.</summary>
    public HeaderModifier ResponseModifier { get; }

    public static bool HasOrigin(RequestHead head) => Find(head, "origin"u8) >= 0;

    /// <summary>Whether a request with an origin is a preflight.</summary>
    public static bool IsPreflight(RequestHead head) =>
        head.Method.SequenceEqual("OPTIONS"u8) && Find(head, "access-control-request-method"u8) >= 0;

    /// <summary>
    /// Adds what the answer to a preflight says. Nothing is added when the origin is not allowed.
    /// </summary>
    public void AddToPreflight(RequestHead head, ExchangeEdits edits)
    {
        int method = Find(head, "access-control-request-method"u8);
        ReadOnlySpan<byte> wanted = head.ValueOf(in head.Fields[method]);
        if (!IsAllowed(head, out ReadOnlySpan<byte> origin) || !FieldNames.IsToken(wanted))
            return;

        // The response modifier says these of uniform ones already.
        if (!IsUniform)
            AddOrigin(edits, origin);
        if (_methods.IsEchoed)
            edits.Add("Access-Control-Allow-Methods"u8, wanted);
        else if (_methods.Text.Length > 0)
            edits.Add("Access-Control-Allow-Methods"u8, _methods.Text);
        if (_headers.IsWildcard)
            AddRequestedHeaders(head, edits);
        else if (_headers.Text.Length > 0)
            edits.Add("Access-Control-Allow-Headers"u8, _headers.Text);
        edits.Add("Access-Control-Max-Age"u8, _maxAge);
    }

    /// <summary>
    /// Adds what the response to a request gets beside <see cref="ResponseModifier"/>. Nothing is added when the origin is not
    /// allowed, or when all get the same.
    /// </summary>
    public void AddToResponse(RequestHead head, ExchangeEdits edits)
    {
        if (!IsUniform && IsAllowed(head, out ReadOnlySpan<byte> origin))
            AddOrigin(edits, origin);
    }

    private void AddOrigin(ExchangeEdits edits, ReadOnlySpan<byte> origin)
    {
        edits.Add("Access-Control-Allow-Origin"u8, origin);
        if (_credentials)
            edits.Add("Access-Control-Allow-Credentials"u8, "true"u8);
        if (_exposed.Length > 0)
            edits.Add("Access-Control-Expose-Headers"u8, _exposed);
    }

    // "*" does not cover Authorization (Fetch, CORS-preflight fetch), "all HTTP headers" of HTTPCORSFilter.allowHeaders does: what
    // the request names is echoed wherever it can be.
    private void AddRequestedHeaders(RequestHead head, ExchangeEdits edits)
    {
        int length = 0;
        for (int i = Find(head, "access-control-request-headers"u8); i >= 0; i = Find(head, "access-control-request-headers"u8, i + 1))
        {
            ReadOnlySpan<byte> value = head.ValueOf(in head.Fields[i]);
            length += value.Length + 2;
            if (length > MaxEchoedHeaders || !IsNameList(value))
                return;
        }
        if (length == 0)
        {
            if (!_headers.IsEchoed)
                edits.Add("Access-Control-Allow-Headers"u8, "*"u8);
            return;
        }
        Span<byte> target = edits.Begin("Access-Control-Allow-Headers"u8, length);
        int written = 0;
        for (int i = Find(head, "access-control-request-headers"u8); i >= 0; i = Find(head, "access-control-request-headers"u8, i + 1))
        {
            if (written > 0)
            {
                ", "u8.CopyTo(target[written..]);
                written += 2;
            }
            ReadOnlySpan<byte> value = head.ValueOf(in head.Fields[i]);
            value.CopyTo(target[written..]);
            written += value.Length;
        }
        edits.End(written);
    }

    private bool IsAllowed(RequestHead head, out ReadOnlySpan<byte> origin)
    {
        origin = default;
        int field = Find(head, "origin"u8);

        // Two origins name nobody.
        if (field < 0 || Find(head, "origin"u8, field + 1) >= 0)
            return false;
        origin = head.ValueOf(in head.Fields[field]);
        return Allows(origin);
    }

    /// <summary>Whether the policy is for an origin, as a browser writes it.</summary>
    public bool Allows(ReadOnlySpan<byte> origin)
    {
        if (origin.Length is 0 or > MaxEchoedOrigin || origin.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
            return false;
        if (_anyOrigin)
            return true;
        foreach (byte[] opaque in _opaqueOrigins)
        {
            if (origin.SequenceEqual(opaque))
                return true;
        }
        if (!CorsOrigin.TrySplit(origin, out ReadOnlySpan<byte> scheme, out ReadOnlySpan<byte> host, out int port) || host.Contains((byte)'*'))
            return false;
        foreach (CorsOrigin listed in _origins)
        {
            if (listed.Matches(scheme, host, port))
                return true;
        }
        return false;
    }

    private HeaderModifier Modifier()
    {
        List<HeaderValue> fields = [];
        if (IsUniform)
        {
            fields.Add(new HeaderValue("Access-Control-Allow-Origin", "*"));
            if (_exposed.Length > 0)
                fields.Add(new HeaderValue("Access-Control-Expose-Headers", Encoding.ASCII.GetString(_exposed)));
        }
        else
        {
            fields.Add(new HeaderValue("Vary", "Origin"));
        }
        return new HeaderModifier
        {
            Remove =
            [
                "Access-Control-Allow-Origin",
                "Access-Control-Allow-Credentials",
                "Access-Control-Allow-Methods",
                "Access-Control-Allow-Headers",
                "Access-Control-Expose-Headers",
                "Access-Control-Max-Age",
            ],
            Add = fields,
        };
    }

    private static bool IsNameList(ReadOnlySpan<byte> value)
    {
        foreach (Range part in value.Split((byte)','))
        {
            ReadOnlySpan<byte> name = value[part].Trim(" \t"u8);
            if (name.Length > 0 && !FieldNames.IsToken(name))
                return false;
        }
        return true;
    }

    private static int Find(RequestHead head, ReadOnlySpan<byte> lowerName, int start = 0)
    {
        ReadOnlySpan<Field> fields = head.Fields;
        for (int i = start; i < fields.Length; i++)
        {
            if (fields[i].NameLength == lowerName.Length && Ascii.EqualsIgnoreCase(head.NameOf(in fields[i]), lowerName))
                return i;
        }
        return -1;
    }
}
