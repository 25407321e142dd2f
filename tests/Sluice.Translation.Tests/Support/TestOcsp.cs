using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Translation.Tests.Support;

/// <summary>Writes OCSP responses (RFC 6960 4.2.1) about certificates of <see cref="TestCertificates"/>; their signatures mean nothing.</summary>
internal static class TestOcsp
{
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);

    /// <param name="certificate">PEM.</param>
    /// <param name="issuer">PEM.</param>
    /// <param name="from">thisUpdate.</param>
    /// <param name="until">nextUpdate; null for none.</param>
    /// <param name="status">0 good, 1 revoked, 2 unknown.</param>
    /// <param name="hash">Of the issuer's name and key.</param>
    public static byte[] Response(string certificate, string issuer, DateTimeOffset from, DateTimeOffset? until, int status = 0, string hash = "SHA1")
    {
        using var leaf = X509Certificate2.CreateFromPem(certificate);
        using var authority = X509Certificate2.CreateFromPem(issuer);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEnumeratedValue(Status.Successful);
            using (writer.PushSequence(Tag0))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.3.6.1.5.5.7.48.1.1");
                writer.WriteOctetString(Basic(leaf, authority, from, until, status, hash));
            }
        }
        return writer.Encode();
    }

    private static byte[] Basic(X509Certificate2 leaf, X509Certificate2 authority, DateTimeOffset from, DateTimeOffset? until, int status, string hash)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
                    writer.WriteEncodedValue(authority.SubjectName.RawData);
                writer.WriteGeneralizedTime(from, omitFractionalSeconds: true);
                using (writer.PushSequence())
                using (writer.PushSequence())
                    WriteAnswer(writer, leaf, authority, from, until, status, hash);
            }
            using (writer.PushSequence())
                writer.WriteObjectIdentifier("1.2.840.10045.4.3.2");
            writer.WriteBitString([0]);
        }
        return writer.Encode();
    }

    private static void WriteAnswer(AsnWriter writer, X509Certificate2 leaf, X509Certificate2 authority, DateTimeOffset from, DateTimeOffset? until, int status, string hash)
    {
        var algorithm = new HashAlgorithmName(hash);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(hash == "SHA1" ? "1.3.14.3.2.26" : "2.16.840.1.101.3.4.2.1");
            writer.WriteOctetString(CryptographicOperations.HashData(algorithm, authority.SubjectName.RawData));
            writer.WriteOctetString(CryptographicOperations.HashData(algorithm, authority.PublicKey.EncodedKeyValue.RawData));
            writer.WriteInteger(leaf.SerialNumberBytes.Span);
        }
        var tag = new Asn1Tag(TagClass.ContextSpecific, status);
        if (status == 1)
        {
            using (writer.PushSequence(tag))
                writer.WriteGeneralizedTime(from, omitFractionalSeconds: true);
        }
        else
        {
            writer.WriteNull(tag);
        }
        writer.WriteGeneralizedTime(from, omitFractionalSeconds: true);
        if (until is null)
            return;
        using (writer.PushSequence(Tag0))
            writer.WriteGeneralizedTime(until.Value, omitFractionalSeconds: true);
    }

    private enum Status
    {
        Successful = 0,
    }
}
