using System.Security.Cryptography;
using System.Text.Json;

namespace Sluice.Controller.Streaming;

/// <summary>The authorities at one time: the one that signs, the one that will, and those that have signed what may still be in use.</summary>
/// <param name="Current">Signs.</param>
/// <param name="Next">Is told to proxies, and signs later; null while none is due.</param>
/// <param name="Former">Certificates of those before, which are trusted until they end.</param>
internal sealed record AuthorityState(AuthorityKey Current, AuthorityKey? Next, IReadOnlyList<string> Former)
{
    /// <summary>PEM of all that proxies are to trust.</summary>
    public string Bundle => string.Concat([Current.CertificatePem, Next?.CertificatePem ?? "", .. Former]);

    /// <summary>What becomes of it as time goes by; the same instance when nothing is due.</summary>
    public AuthorityState At(DateTimeOffset now, AuthorityLifetimes lifetimes)
    {
        var state = this;
        if (state.Next is { } next && (now >= next.MadeAt + lifetimes.Announcement || now >= state.Current.NotAfter))
            state = new AuthorityState(next, null, [state.Current.CertificatePem, .. state.Former]);

        // An end that nobody was there to see.
        if (now >= state.Current.NotAfter)
            state = state with { Current = AuthorityKey.Make(now, lifetimes.Authority), Next = null };
        else if (state.Next is null && now >= state.Current.MadeAt + (2 * (state.Current.NotAfter - state.Current.MadeAt) / 3))
            state = state with { Next = AuthorityKey.Make(now, lifetimes.Authority) };
        var former = state.Former.Where(pem => EndOf(pem) > now).ToArray();
        return former.Length == state.Former.Count ? state : state with { Former = former };
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            Write(writer, "current", Current);
            if (Next is not null)
                Write(writer, "next", Next);
            writer.WriteStartArray("former");
            foreach (var certificate in Former)
                writer.WriteStringValue(certificate);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <exception cref="IOException">It is no authority. The message quotes nothing of it.</exception>
    public static AuthorityState Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            var former = root.GetProperty("former").EnumerateArray().Select(item => item.GetString()!).ToArray();
            foreach (var certificate in former)
                EndOf(certificate);
            return new AuthorityState(
                ReadKey(root.GetProperty("current")),
                root.TryGetProperty("next", out var next) ? ReadKey(next) : null,
                former);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or CryptographicException or ArgumentException)
        {
            throw new IOException("the kept authority of the configuration stream cannot be read; remove it to have a new one made");
        }
    }

    private static DateTimeOffset EndOf(string pem)
    {
        using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(pem);
        return certificate.NotAfter.ToUniversalTime();
    }

    private static AuthorityKey ReadKey(JsonElement element) =>
        AuthorityKey.Read(element.GetProperty("certificate").GetString() ?? "", element.GetProperty("key").GetString() ?? "");

    private static void Write(Utf8JsonWriter writer, string name, AuthorityKey key)
    {
        writer.WriteStartObject(name);
        writer.WriteString("certificate", key.CertificatePem);
        writer.WriteString("key", key.KeyPem);
        writer.WriteEndObject();
    }
}
