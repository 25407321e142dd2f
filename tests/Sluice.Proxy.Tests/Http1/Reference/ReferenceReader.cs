using System.Globalization;
using Sluice.Proxy.Tests.Http1.Cases;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Reference;

/// <summary>
/// The rules of the table once more, written as plainly as possible and without any regard to speed, from the RFCs and not from
/// the engine: what the fuzz tests measure the engine by. The table's own test holds it to the table.
/// </summary>
internal static class ReferenceReader
{
    private const string TokenExtra = "!#$%&'*+-.^_`|~";
    private const int RequestLineBytes = 16 * 1024;
    private const int HeadBytes = 32 * 1024;
    private const int FieldCount = 128;
    private const int TrailerBytes = 8 * 1024;
    private const int ExtensionBytes = 512;
    private const int SizeDigits = 15;
    private const int MaxDrained = 64 * 1024;

    /// <param name="text">Everything that a client sends before it ends its stream.</param>
    /// <param name="route">Host (lower case, no port) and path to the name of a backend; null: 404.</param>
    public static Verdict Read(string text, Func<string, string, string?> route)
    {
        var cursor = new Cursor(text);
        var verdict = Verdict.Forwarded();
        while (true)
        {
            try
            {
                for (var i = 0; i < 2 && cursor.StartsWith("\r\n"); i++)
                    cursor.Take(2);
                if (cursor.AtEnd || cursor.Rest == "\r")
                    return verdict;

                var head = ReferenceTarget.Resolve(Interpret(ReadHead(cursor)));
                var backend = route(ReferenceTarget.HostOf(head.Authority), head.PathAndQuery.Split('?')[0]);
                if (backend is null)
                {
                    verdict = verdict with { Statuses = [.. verdict.Statuses, 404] };

                    // Answered before its body has come: only a short one that surely comes is read to keep the connection.
                    if (head.IsChunked || head.Length > MaxDrained || (head.Length > 0 && head.IsHttp11 && head.Values("Expect").Any()))
                        return verdict.ThenClosed();
                    cursor.Take(head.Length);
                }
                else
                {
                    var trailers = "";
                    var body = head.IsChunked ? ReadChunks(cursor, out trailers) : cursor.Take(head.Length);
                    verdict = verdict with
                    {
                        Statuses = [.. verdict.Statuses, 200],
                        Seen = [.. verdict.Seen, new SeenRequest(head.Method, head.PathAndQuery, head.Authority) { Backend = backend, Body = body, Trailers = trailers }],
                    };
                }
                if (head.Closes)
                    return verdict.ThenClosed();
            }
            catch (Incomplete)
            {
                return verdict.ThenClosed();
            }
            catch (Refusal refusal)
            {
                return verdict.ThenRefused(refusal.Status);
            }
        }
    }

    public static bool IsToken(string text) => text.Length > 0 && text.All(IsTokenChar);

    private static bool IsTokenChar(char c) => char.IsAsciiLetterOrDigit(c) || TokenExtra.Contains(c, StringComparison.Ordinal);

    private static ReferenceHead ReadHead(Cursor cursor)
    {
        var start = cursor.Position;
        var method = TakeUpTo(cursor, IsTokenChar, RequestLineBytes);
        if (method.Length == 0)
            throw new Refusal(400, "no method");
        cursor.Expect(' ', 400, "one space after the method");
        var target = TakeUpTo(cursor, c => c is > ' ' and < '\x7f' and not '#', RequestLineBytes - method.Length);
        if (target.Length == 0)
            throw new Refusal(400, "no target");
        cursor.Expect(' ', 400, "one space after the target");
        var minor = ReadVersion(cursor);
        var fields = ReadFields(cursor, HeadBytes - (cursor.Position - start));
        return new ReferenceHead(method, target, minor == 1, fields);
    }

    private static int ReadVersion(Cursor cursor)
    {
        foreach (var c in "HTTP/")
            cursor.Expect(c, 400, "version");
        var major = cursor.Next();
        if (!char.IsAsciiDigit(major))
            throw new Refusal(400, "version");
        cursor.Expect('.', 400, "version");
        var minor = cursor.Next();
        if (!char.IsAsciiDigit(minor))
            throw new Refusal(400, "version");
        ReadLineEnd(cursor);
        return major == '1' && minor is '0' or '1' ? minor - '0' : throw new Refusal(505, "version");
    }

    private static string TakeUpTo(Cursor cursor, Func<char, bool> wanted, int limit)
    {
        var count = 0;
        return cursor.TakeWhile(c => wanted(c) && (++count <= limit ? true : throw new Refusal(414, "request line")));
    }

    private static List<WireField> ReadFields(Cursor cursor, int limit)
    {
        var end = cursor.Position + limit;
        var fields = new List<WireField>();
        while (cursor.Peek != '\r')
        {
            var name = cursor.TakeWhile(c => IsTokenChar(c) && InLimit(cursor, end));
            if (name.Length == 0)
                throw new Refusal(400, "no field name");
            cursor.Expect(':', 400, "colon right after the name");
            var value = cursor.TakeWhile(c => c is '\t' or (>= ' ' and not '\x7f') && InLimit(cursor, end));
            ReadLineEnd(cursor);
            fields.Add(new WireField(name, value.Trim(' ', '\t')));
            if (fields.Count > FieldCount)
                throw new Refusal(431, "fields");
        }
        ReadLineEnd(cursor);
        return cursor.Position <= end ? fields : throw new Refusal(431, "head");
    }

    private static bool InLimit(Cursor cursor, int end) => cursor.Position < end ? true : throw new Refusal(431, "head");

    private static void ReadLineEnd(Cursor cursor)
    {
        cursor.Expect('\r', 400, "CRLF");
        cursor.Expect('\n', 400, "CRLF");
    }

    private static ReferenceHead Interpret(ReferenceHead head)
    {
        if (head.Method == "CONNECT")
            throw new Refusal(405, "CONNECT");

        var codings = head.Values("Transfer-Encoding").ToArray();
        var lengths = head.Values("Content-Length").ToArray();
        if (codings.Length + lengths.Length > 1)
            throw new Refusal(400, "several framings");
        if (codings.Length == 1)
            CheckCoding(codings[0], head.IsHttp11);
        if (lengths.Length == 1 && (lengths[0].Length is 0 or > 18 || !lengths[0].All(char.IsAsciiDigit)))
            throw new Refusal(400, "Content-Length");
        if (head.Values("Expect").Any(value => !value.Equals("100-continue", StringComparison.OrdinalIgnoreCase)))
            throw new Refusal(417, "Expect");

        var options = head.Values("Connection").SelectMany(value => value.Split(',')).Select(option => option.Trim(' ', '\t').ToLowerInvariant()).Where(option => option.Length > 0).ToArray();
        if (!options.All(IsToken) || options.Count(option => option is not ("close" or "keep-alive" or "upgrade")) > 8)
            throw new Refusal(400, "Connection");

        return head with
        {
            IsChunked = codings.Length == 1,
            Length = lengths.Length == 1 ? long.Parse(lengths[0], NumberStyles.None, CultureInfo.InvariantCulture) : 0,
            Closes = options.Contains("close") || (!head.IsHttp11 && !options.Contains("keep-alive")),
        };
    }

    private static void CheckCoding(string value, bool isHttp11)
    {
        if (!isHttp11)
            throw new Refusal(400, "Transfer-Encoding in HTTP/1.0");
        var codings = value.Split(',').Select(coding => coding.Trim(' ', '\t').ToLowerInvariant()).ToArray();
        if (codings is ["chunked"])
            return;
        var unknown = codings[^1] == "chunked" && codings[..^1].All(coding => IsToken(coding) && coding != "chunked");
        throw new Refusal(unknown ? 501 : 400, "Transfer-Encoding");
    }

    private static string ReadChunks(Cursor cursor, out string trailers)
    {
        var body = "";
        while (true)
        {
            var digits = 0;
            var size = cursor.TakeWhile(c => char.IsAsciiHexDigit(c) && (++digits <= SizeDigits ? true : throw new Refusal(400, "chunk size")));
            if (size.Length == 0 || cursor.Peek is not (';' or '\r'))
                throw new Refusal(400, "chunk size");
            if (cursor.Peek == ';')
                SkipExtension(cursor);
            ReadLineEnd(cursor);
            var count = long.Parse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (count == 0)
                break;
            body += cursor.Take(count);
            ReadLineEnd(cursor);
        }
        trailers = string.Join("; ", ReadTrailers(cursor).Select(field => $"{field.Name}: {field.Value}"));
        return body;
    }

    private static void SkipExtension(Cursor cursor)
    {
        var count = 0;
        cursor.TakeWhile(c => c is '\t' or (>= ' ' and not '\x7f') && (++count <= ExtensionBytes ? true : throw new Refusal(400, "chunk extension")));
    }

    private static List<WireField> ReadTrailers(Cursor cursor)
    {
        var fields = ReadFields(cursor, TrailerBytes);
        if (fields.Any(field => field.Name.ToLowerInvariant() is "content-length" or "transfer-encoding" or "host"))
            throw new Refusal(400, "trailer");
        return fields;
    }
}
