using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http2.Spec.SpecOutcome;
using static Sluice.Proxy.Tests.Http2.Support.Make;

namespace Sluice.Proxy.Tests.Http2.Spec.Cases;

/// <summary>Every kind of message, and every representation of a field, in good use (RFC 9113 8.1, RFC 7541 4.2 and 6).</summary>
internal static class GenericMessageCases
{
    private const byte WithoutIndexing = 0x00;
    private const byte NeverIndexed = 0x10;
    private const byte WithIndexing = 0x40;

    /// <summary>Static table (RFC 7541 appendix A), then the first entry of the dynamic one.</summary>
    private const int UserAgent = 58;
    private const int FirstDynamic = 62;

    public static IEnumerable<SpecCase> All { get; } =
    [
        new("generic/4", "GET", [Get(1)], Answer(1, SpecBackend.Body)),
        new("generic/4", "HEAD", [Headers(1, FieldBlock.Request("HEAD", "/"))], Answer(1, "")),
        new("generic/4", "POST", [Post(1), Data(1, "test")], Answer(1, SpecBackend.Body)),
        new("generic/4", "POST with trailers", [Post(1, "/", ("trailer", "x-test")), Data(1, "test", 0), Headers(1, FieldBlock.Of(("x-test", "ok")))], Answer(1, SpecBackend.Body)),

        Field("an indexed field", [.. FieldBlock.Literal(WithIndexing, UserAgent, "x"), .. FieldBlock.Indexed(FirstDynamic)]),
        Field("a literal with indexing, name indexed", FieldBlock.Literal(WithIndexing, UserAgent, "test")),
        Field("a literal with indexing, name indexed, Huffman-coded", FieldBlock.Literal(WithIndexing, UserAgent, "test", huffman: true)),
        Field("a literal with indexing, new name", FieldBlock.Literal(WithIndexing, "x-test", "test")),
        Field("a literal with indexing, new name, Huffman-coded", FieldBlock.Literal(WithIndexing, "x-test", "test", huffman: true)),
        Field("a literal without indexing, name indexed", FieldBlock.Literal(WithoutIndexing, UserAgent, "test")),
        Field("a literal without indexing, name indexed, Huffman-coded", FieldBlock.Literal(WithoutIndexing, UserAgent, "test", huffman: true)),
        Field("a literal without indexing, new name", FieldBlock.Literal(WithoutIndexing, "x-test", "test")),
        Field("a literal without indexing, new name, Huffman-coded", FieldBlock.Literal(WithoutIndexing, "x-test", "test", huffman: true)),
        Field("a literal never indexed, name indexed", FieldBlock.Literal(NeverIndexed, UserAgent, "test")),
        Field("a literal never indexed, name indexed, Huffman-coded", FieldBlock.Literal(NeverIndexed, UserAgent, "test", huffman: true)),
        Field("a literal never indexed, new name", FieldBlock.Literal(NeverIndexed, "x-test", "test")),
        Field("a literal never indexed, new name, Huffman-coded", FieldBlock.Literal(NeverIndexed, "x-test", "test", huffman: true)),
        new("generic/5", "a change of the table's size", [Headers(1, [.. FieldBlock.SizeUpdate(0), .. FieldBlock.Request("GET", "/")])], Answer(1)),
        new("generic/5", "several changes of the table's size", [Headers(1, [.. FieldBlock.SizeUpdate(0), .. FieldBlock.SizeUpdate(4096), .. FieldBlock.Request("GET", "/")])], Answer(1)),
    ];

    private static SpecCase Field(string sentence, byte[] field) =>
        new("generic/5", sentence, [Headers(1, [.. FieldBlock.Request("GET", "/"), .. field])], Answer(1));
}
