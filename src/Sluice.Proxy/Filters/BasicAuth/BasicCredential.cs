using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.BasicAuth;

/// <summary>Reads user name and password of a request (RFC 7617 2).</summary>
internal static class BasicCredential
{
    /// <summary>Octets of name and password together.</summary>
    public const int MaxLength = 1024;

    private const int SchemeLength = 5;

    /// <param name="head">The request.</param>
    /// <param name="target">At least <see cref="MaxLength"/> octets.</param>
    /// <param name="length">Octets of "name:password".</param>
    public static BasicCredentialResult Read(RequestHead head, Span<byte> target, out int length)
    {
        length = 0;
        int index = RequestFields.Find(head, "authorization"u8);
        if (index < 0)
            return BasicCredentialResult.Missing;
        if (RequestFields.Find(head, "authorization"u8, index + 1) >= 0)
            return BasicCredentialResult.Malformed;
        ReadOnlySpan<byte> value = head.ValueOf(head.Fields[index]);
        if (value.Length <= SchemeLength || value[SchemeLength] != ' ' || !Ascii.EqualsIgnoreCase(value[..SchemeLength], "basic"u8))
            return BasicCredentialResult.Missing;
        ReadOnlySpan<byte> token = value[SchemeLength..].Trim((byte)' ');
        if (token.ContainsAny(" \t"u8) || Base64.GetMaxDecodedFromUtf8Length(token.Length) > MaxLength
            || Base64.DecodeFromUtf8(token, target, out int consumed, out length) != OperationStatus.Done || consumed != token.Length)
            return BasicCredentialResult.Malformed;
        return target[..length].IndexOf((byte)':') > 0 ? BasicCredentialResult.Complete : BasicCredentialResult.Malformed;
    }
}
