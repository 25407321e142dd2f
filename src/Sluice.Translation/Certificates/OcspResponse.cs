using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Translation.Certificates;

/// <summary>
/// OCSPResponse (RFC 6960 4.2.1), as far as it is looked at before it is stapled: whether it says that this certificate is good, and
/// when. Its signature is for clients to check.
/// </summary>
internal static class OcspResponse
{
    private const string BasicResponse = "1.3.6.1.5.5.7.48.1.1";
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1);

    /// <param name="der">As it stands in the Secret.</param>
    /// <param name="chain">The certificate, and behind it its issuer if that is known.</param>
    /// <param name="problem">Why it is not stapled, to stand behind the Secret's name; null when it can be.</param>
    public static OcspStaple? Read(byte[] der, IReadOnlyList<X509Certificate2> chain, out string? problem)
    {
        try
        {
            return Find(der, chain, out problem);
        }
        catch (AsnContentException)
        {
            problem = "holds no OCSP response (DER)";
            return null;
        }
    }

    private static OcspStaple? Find(byte[] der, IReadOnlyList<X509Certificate2> chain, out string? problem)
    {
        var response = Only(new AsnReader(der, AsnEncodingRules.DER)).ReadSequence();
        if (response.ReadEnumeratedBytes().Span is not [0])
            return Bad("holds an OCSP response that is not successful", out problem);
        var bytes = response.ReadSequence(Tag0).ReadSequence();
        if (bytes.ReadObjectIdentifier() != BasicResponse)
            return Bad("holds an OCSP response that is not of the basic type", out problem);
        var basic = Only(new AsnReader(bytes.ReadOctetString(), AsnEncodingRules.DER)).ReadSequence();
        var data = basic.ReadSequence();
        if (data.PeekTag().HasSameClassAndValue(Tag0))
            data.ReadEncodedValue();

        // responderID and producedAt.
        data.ReadEncodedValue();
        data.ReadGeneralizedTime();
        var answers = data.ReadSequence();
        while (answers.HasData)
        {
            var answer = answers.ReadSequence();
            if (IsFor(answer.ReadSequence(), chain))
                return ReadAnswer(answer, der, out problem);
        }
        return Bad("holds an OCSP response for another certificate", out problem);
    }

    private static OcspStaple? ReadAnswer(AsnReader answer, byte[] der, out string? problem)
    {
        var status = answer.PeekTag().TagValue;
        answer.ReadEncodedValue();
        if (status != 0)
            return Bad($"holds an OCSP response that says of the certificate: {(status == 1 ? "revoked" : "unknown")}", out problem);
        var from = answer.ReadGeneralizedTime();
        DateTimeOffset? until = answer.HasData && answer.PeekTag().HasSameClassAndValue(Tag0) ? answer.ReadSequence(Tag0).ReadGeneralizedTime() : null;
        if (answer.HasData)
            answer.ReadSequence(Tag1);
        problem = null;
        return new OcspStaple(der, from, until);
    }

    // CertID. The issuer's key is compared when the issuer is there, and neither hash when its algorithm is not known.
    private static bool IsFor(AsnReader id, IReadOnlyList<X509Certificate2> chain)
    {
        var algorithm = AlgorithmOf(id.ReadSequence().ReadObjectIdentifier());
        var (issuerName, issuerKey) = (id.ReadOctetString(), id.ReadOctetString());
        if (!Trim(id.ReadIntegerBytes().Span).SequenceEqual(Trim(chain[0].SerialNumberBytes.Span)))
            return false;
        if (algorithm is not { } hash)
            return true;
        return issuerName.AsSpan().SequenceEqual(CryptographicOperations.HashData(hash, chain[0].IssuerName.RawData))
            && (IssuerOf(chain) is not { } issuer || issuerKey.AsSpan().SequenceEqual(CryptographicOperations.HashData(hash, issuer.PublicKey.EncodedKeyValue.RawData)));
    }

    private static X509Certificate2? IssuerOf(IReadOnlyList<X509Certificate2> chain) =>
        chain.Count > 1 && chain[1].SubjectName.RawData.AsSpan().SequenceEqual(chain[0].IssuerName.RawData) ? chain[1] : null;

    private static HashAlgorithmName? AlgorithmOf(string identifier) => identifier switch
    {
        "1.3.14.3.2.26" => HashAlgorithmName.SHA1,
        "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
        "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
        "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
        _ => null,
    };

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> number) => number.TrimStart((byte)0);

    private static AsnReader Only(AsnReader reader)
    {
        var copy = reader.Clone();
        copy.ReadEncodedValue();
        copy.ThrowIfNotEmpty();
        return reader;
    }

    private static OcspStaple? Bad(string reason, out string? problem)
    {
        problem = reason;
        return null;
    }
}
