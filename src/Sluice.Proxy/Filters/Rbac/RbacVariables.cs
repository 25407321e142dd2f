using System.Buffers.Text;
using System.Text;
using Sluice.Expressions.Cel;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Filters.Rbac;

/// <summary>
/// A request as Envoy's attributes. What only comes to be later (responses, backends) has no value. Texts are parts of the head and live
/// as long as it; one instance per thread serves one evaluation after the other.
/// </summary>
internal sealed unsafe class RbacVariables : ICelVariables
{
    /// <summary>Name under which expressions find what a token says.</summary>
    public const string JwtMetadataKey = "envoy.filters.http.jwt_authn";

    private const int MaxAddress = 64;

    private static readonly CelValue Http11 = CelValue.Of("HTTP/1.1");
    private static readonly CelValue Http2 = CelValue.Of("HTTP/2");
    private static readonly CelValue Https = CelValue.Of("https");
    private static readonly CelValue Http = CelValue.Of("http");

    [ThreadStatic]
    private static RbacVariables? _spare;

    private readonly byte[] _address = new byte[MaxAddress];
    private RequestHead _head = null!;
    private FilterContext _context = null!;

    /// <summary>Valid until <see cref="Return"/>.</summary>
    public static RbacVariables Rent(RequestHead head, FilterContext context)
    {
        RbacVariables variables = _spare ?? new RbacVariables();
        _spare = null;
        variables._head = head;
        variables._context = context;
        return variables;
    }

    public void Return()
    {
        _head = null!;
        _context = null!;
        _spare = this;
    }

    public CelValue Get(int attribute)
    {
        switch ((EnvoyAttribute)attribute)
        {
            case EnvoyAttribute.RequestPath:
                return PathAndQuery();
            case EnvoyAttribute.RequestUrlPath:
                return Text(_head.PathSlice);
            case EnvoyAttribute.RequestHost:
                return Text(_head.AuthoritySlice);
            case EnvoyAttribute.RequestMethod:
                return Text(_head.MethodSlice);
            case EnvoyAttribute.RequestScheme:
                return _context.IsSecure ? Https : Http;
            case EnvoyAttribute.RequestProtocol:
                return _context.IsHttp2 ? Http2 : Http11;
            case EnvoyAttribute.RequestQuery:
                return _head.QuerySlice.Length == 0 ? CelValue.EmptyString : Text(new Slice(_head.QuerySlice.Offset + 1, _head.QuerySlice.Length - 1));
            case EnvoyAttribute.RequestReferer:
                return Field("referer"u8);
            case EnvoyAttribute.RequestUserAgent:
                return Field("user-agent"u8);
            case EnvoyAttribute.RequestId:
                return Field("x-request-id"u8);
            case EnvoyAttribute.RequestTime:
                return CelValue.Of(_context.Clock.GetUtcNow());
            case EnvoyAttribute.RequestSize:
                return CelValue.Of(Math.Max(0, _head.ContentLength));
            case EnvoyAttribute.RequestHeaders:
                return AllFields();
            case EnvoyAttribute.SourceAddress:
                return SourceAddress();
            case EnvoyAttribute.SourcePort:
                return CelValue.Of(IsProxied(out _) ? 0 : (long)_context.PeerPort);
            case EnvoyAttribute.DestinationPort:
                return CelValue.Of((long)_context.LocalPort);
            case EnvoyAttribute.ConnectionId:
                return CelValue.Of(_context.ConnectionId);
            case EnvoyAttribute.FilterMetadata:
                return AllMetadata();
            default:
                return OfTls((EnvoyAttribute)attribute);
        }
    }

    public CelValue GetEntry(int attribute, ReadOnlySpan<byte> key) => (EnvoyAttribute)attribute switch
    {
        EnvoyAttribute.RequestHeaders => Header(key),
        EnvoyAttribute.FilterMetadata => key.SequenceEqual("envoy.filters.http.jwt_authn"u8) ? Metadata() : CelValue.Absent,
        _ => CelValue.Absent,
    };

    private CelValue OfTls(EnvoyAttribute attribute)
    {
        if (attribute == EnvoyAttribute.ConnectionMtls)
            return CelValue.Of(_context.Tls is { ClientCertificate.Length: > 0 });
        if (_context.Tls is not { } tls)
            return CelValue.Absent;
        switch (attribute)
        {
            case EnvoyAttribute.ConnectionRequestedServerName:
                return CelValue.Utf8(tls.ServerName.ToArray());
            case EnvoyAttribute.ConnectionTlsVersion:
                return tls.Version switch
                {
                    SslConstants.TLS1_3_VERSION => CelValue.Of("TLSv1.3"),
                    SslConstants.TLS1_2_VERSION => CelValue.Of("TLSv1.2"),
                    SslConstants.TLS1_1_VERSION => CelValue.Of("TLSv1.1"),
                    _ => CelValue.Of("TLSv1"),
                };
            case EnvoyAttribute.ConnectionSubjectPeerCertificate:
                return OfCertificate(tls.ClientCertificate, ";Subject="u8);
            case EnvoyAttribute.ConnectionUriSanPeerCertificate:
                return OfCertificate(tls.ClientCertificate, ";URI="u8);
            case EnvoyAttribute.ConnectionDnsSanPeerCertificate:
                return OfCertificate(tls.ClientCertificate, ";DNS="u8);
            case EnvoyAttribute.ConnectionSha256PeerCertificateDigest:
                return OfCertificate(tls.ClientCertificate, "Hash="u8);
            default:
                return CelValue.Absent;
        }
    }

    /// <summary>The first value of that name in what X-Forwarded-Client-Cert says; Absent when there is none.</summary>
    private static CelValue OfCertificate(byte[] field, ReadOnlySpan<byte> name)
    {
        int start = CertificatePart(field, name);
        if (start < 0)
            return CelValue.Absent;
        bool isQuoted = start < field.Length && field[start] == '"';
        if (!isQuoted)
        {
            int length = field.AsSpan(start).IndexOf((byte)';');
            return CelValue.Utf8(field, start, length < 0 ? field.Length - start : length);
        }
        var text = new List<byte>();
        for (int i = start + 1; i < field.Length && field[i] != '"'; i++)
        {
            if (field[i] == '\\' && i + 1 < field.Length && field[i + 1] is (byte)'"' or (byte)'\\')
                i++;
            text.Add(field[i]);
        }
        return CelValue.Utf8([.. text]);
    }

    // Where a part's value begins. What is quoted holds no parts.
    private static int CertificatePart(ReadOnlySpan<byte> field, ReadOnlySpan<byte> name)
    {
        bool quoted = false;
        for (int i = 0; i < field.Length; i++)
        {
            if (quoted && field[i] == '\\')
                i++;
            else if (field[i] == '"')
                quoted = !quoted;
            else if (!quoted && (name[0] == ';' || i == 0) && field[i..].StartsWith(name))
                return i + name.Length;
        }
        return -1;
    }

    private CelValue Text(Slice slice) => CelValue.Utf8(_head.Buffer + slice.Offset, slice.Length);

    /// <summary>As it came: the query stands right behind the path, unless the path was changed.</summary>
    private CelValue PathAndQuery()
    {
        if (_head.QuerySlice.Length == 0)
            return Text(_head.PathSlice);
        if (_head.QuerySlice.Offset == _head.PathSlice.Offset + _head.PathSlice.Length)
            return Text(new Slice(_head.PathSlice.Offset, _head.PathSlice.Length + _head.QuerySlice.Length));
        return CelValue.Utf8([.. _head.Path, .. _head.Query]);
    }

    /// <summary>A field's value; of several of that name they are one list (RFC 9110 5.3).</summary>
    private CelValue Field(ReadOnlySpan<byte> lowerName)
    {
        int first = RequestFields.Find(_head, lowerName);
        if (first < 0)
            return CelValue.Absent;
        ref readonly Field field = ref _head.Fields[first];
        int next = RequestFields.Find(_head, lowerName, first + 1);
        if (next < 0)
            return CelValue.Utf8(_head.Buffer + field.ValueOffset, field.ValueLength);
        var text = new List<byte>();
        text.AddRange(_head.ValueOf(field));
        for (; next >= 0; next = RequestFields.Find(_head, lowerName, next + 1))
        {
            text.Add((byte)',');
            text.AddRange(_head.ValueOf(_head.Fields[next]));
        }
        return CelValue.Utf8([.. text]);
    }

    private CelValue Header(ReadOnlySpan<byte> name)
    {
        if (name.Length > 0 && name[0] == ':')
        {
            return name.SequenceEqual(":path"u8) ? Get((int)EnvoyAttribute.RequestPath)
                : name.SequenceEqual(":method"u8) ? Get((int)EnvoyAttribute.RequestMethod)
                : name.SequenceEqual(":authority"u8) ? Get((int)EnvoyAttribute.RequestHost)
                : name.SequenceEqual(":scheme"u8) ? Get((int)EnvoyAttribute.RequestScheme)
                : CelValue.Absent;
        }

        // Over HTTP/1.1 it stands with the other fields of the request, over HTTP/2 it does not.
        return name.SequenceEqual("host"u8) ? Get((int)EnvoyAttribute.RequestHost) : Field(name);
    }

    private CelValue AllFields()
    {
        var fields = new CelDictionary();
        for (int i = 0; i < _head.FieldCount; i++)
        {
            string name = Encoding.ASCII.GetString(_head.NameOf(_head.Fields[i])).ToLowerInvariant();
            fields.Set(name, Header(Encoding.ASCII.GetBytes(name)).Detached());
        }
        fields.Set("host", Text(_head.AuthoritySlice).Detached());
        fields.Set(":authority", Text(_head.AuthoritySlice).Detached());
        fields.Set(":method", Text(_head.MethodSlice).Detached());
        fields.Set(":path", PathAndQuery().Detached());
        fields.Set(":scheme", _context.IsSecure ? Https : Http);
        return CelValue.Of(fields);
    }

    private CelValue AllMetadata()
    {
        var all = new CelDictionary();
        CelValue jwt = Metadata();
        if (!jwt.IsAbsent)
            all.Set(JwtMetadataKey, jwt);
        return CelValue.Of(all);
    }

    private CelValue Metadata() => _context.Token is { } token ? token.Metadata : CelValue.Absent;

    /// <summary>Behind trusted proxies the address that they have seen, with port 0, as Envoy writes it.</summary>
    private CelValue SourceAddress()
    {
        bool isProxied = IsProxied(out ReadOnlySpan<byte> address);
        if (address.Length > MaxAddress - 8)
            return CelValue.Absent;
        int length = 0;
        bool isV6 = address.Contains((byte)':');
        if (isV6)
            _address[length++] = (byte)'[';
        address.CopyTo(_address.AsSpan(length));
        length += address.Length;
        if (isV6)
            _address[length++] = (byte)']';
        _address[length++] = (byte)':';
        Utf8Formatter.TryFormat(isProxied ? 0 : _context.PeerPort, _address.AsSpan(length), out int digits);
        return CelValue.Utf8(_address, 0, length + digits);
    }

    private bool IsProxied(out ReadOnlySpan<byte> address) => ClientIp.TryFindText(_head, _context.PeerAddress, _context.TrustedHops, out address);
}
