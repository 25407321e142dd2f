using System.Formats.Asn1;

namespace Sluice.Translation.Certificates;

/// <summary>OCSPResponse (RFC 6960 4.2.1), as far as it is looked at before it is stapled.</summary>
internal static class OcspResponse
{
    /// <summary>Whether it is one with status successful and with something in it. Its signature is for clients to check.</summary>
    public static bool IsSuccessful(byte[] der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var response = outer.ReadSequence();
            if (outer.HasData || response.ReadEnumeratedBytes().Span is not [0] || !response.HasData)
                return false;
            var bytes = response.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
            return bytes.HasData && !response.HasData;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
