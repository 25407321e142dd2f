using System.Text;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

/// <summary>Nothing that a file can hold throws, hangs or takes more memory than its limits.</summary>
public class HostileInputTests
{
    private const string Valid = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n";

    [Theory]
    [InlineData(new byte[] { (byte)'a', 0 }, 1, 2, "the byte 0x00 cannot stand in a manifest")]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', (byte)'b', 0x1b }, 2, 2, "the byte 0x1b")]
    [InlineData(new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F' }, 1, 1, "the byte 0x7f")]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0xc3, 0x28 }, 2, 1, "not valid UTF-8")]
    [InlineData(new byte[] { (byte)'a', 0xed, 0xa0, 0x80 }, 1, 2, "not valid UTF-8")]
    [InlineData(new byte[] { 0xff, 0xfe, (byte)'a', 0 }, 1, 1, "UTF-16")]
    [InlineData(new byte[] { 0xfe, 0xff, 0, (byte)'a' }, 1, 1, "UTF-16")]
    [InlineData(new byte[] { (byte)'a', (byte)'\r', (byte)'b' }, 1, 2, "a carriage return stands without a line feed")]
    public void Read_NoText_SaysWhatIsThere(byte[] content, int line, int column, string message)
    {
        var previous = Reads.Read(Valid);

        var file = new ManifestReader().Read("test.yaml", content, previous);

        var finding = Assert.Single(file.Diagnostics);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (finding.Line, finding.Column));
        Assert.Empty(file.Objects);
        Assert.Same(previous.Objects[0], Assert.Single(file.Kept));
    }

    [Fact]
    public void Read_ByteOrderMark_IsSkipped()
    {
        Assert.Single(new ManifestReader().Read("test.yaml", (byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Valid)]).Objects);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment")]
    [InlineData("---\n---\n# comment\n---\n")]
    [InlineData("--- # comment\n...\n")]
    [InlineData("null\n")]
    public void Read_NothingInIt_GivesNothing(string text)
    {
        var file = Reads.Read(text);

        Assert.Empty(file.Objects);
        Assert.Empty(file.Diagnostics);
    }

    [Theory]
    [InlineData("---\n{0}---\n{1}")]
    [InlineData("{0}--- # second\n{1}...\n")]
    [InlineData("# first\n{0}...\n---\n{1}---\n")]
    [InlineData("%YAML 1.1\n---\n{0}...\n%YAML 1.1\n---\n{1}")]
    [InlineData("\n\n---\t\n{0}\n---\n\n\n{1}")]
    public void Read_Separators_GivesBothDocuments(string format)
    {
        var text = format.Replace("{0}", Valid, StringComparison.Ordinal).Replace("{1}", Valid.Replace("name: a", "name: b", StringComparison.Ordinal), StringComparison.Ordinal);

        var file = Reads.Read(text);
        var withCarriageReturns = Reads.Read(text.Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Empty(file.Diagnostics);
        Assert.Equal(["a", "b"], file.Objects.Select(value => value.Metadata.Name));
        Assert.Equal(["a", "b"], withCarriageReturns.Objects.Select(value => value.Metadata.Name));
        Assert.Equal(file.Objects[1].Source!.Line, withCarriageReturns.Objects[1].Source!.Line);
    }

    [Theory]
    [InlineData("[", 10_000)]
    [InlineData("{a: ", 10_000)]
    [InlineData("- ", 10_000)]
    public void Read_DeepNesting_IsRefused(string piece, int count)
    {
        var file = Reads.Read(string.Concat(Enumerable.Repeat(piece, count)));

        Assert.Contains("nested deeper than 64 levels", Assert.Single(file.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepJson_IsRefused()
    {
        var file = Reads.Read(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)), path: "test.json");

        Assert.Contains("nested deeper than 64 levels", Assert.Single(file.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepIndentation_IsRefused()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 5_000; i++)
            text.Append(' ', i).Append("a:\n");

        Assert.Contains("nested deeper than 64 levels", Assert.Single(Reads.Read(text.ToString()).Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}]\n", "a0: &a0 [x, x, x, x, x, x, x, x, x]\n")]
    [InlineData("a{0}: &a{0} {{l: *a{1}, m: *a{1}, n: *a{1}, o: *a{1}, p: *a{1}, q: *a{1}, r: *a{1}, s: *a{1}}}\n", "a0: &a0 {x: 1, y: 2, z: 3}\n")]
    [InlineData("a{0}: &a{0}\n  <<: [*a{1}, *a{1}]\n  b{0}: *a{1}\n  c{0}: *a{1}\n", "a0: &a0 {x: 1, y: 2, z: 3}\n")]
    public void Read_AliasBomb_IsRefused(string line, string first)
    {
        var text = new StringBuilder(first);
        for (var i = 1; i < 30; i++)
            text.Append(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, i, i - 1));

        Assert.Contains("aliases stand for more than 10000 values", Assert.Single(Reads.Read(text.ToString()).Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooLongFile_IsRefused()
    {
        var reader = new ManifestReader(new ManifestLimits { MaxFileBytes = 10 });

        Assert.Contains("at most 10 are read", Assert.Single(reader.Read("test.yaml", new byte[11]).Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooManyValues_IsRefused()
    {
        var reader = new ManifestReader(new ManifestLimits { MaxNodes = 100 });

        var file = reader.Read("test.yaml", Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 200)) + "]"));

        Assert.Contains("more than 100 values", Assert.Single(file.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("x ")]
    [InlineData("é")]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData(": ")]
    [InlineData("#")]
    [InlineData("\n")]
    [InlineData("\n ")]
    [InlineData("- ")]
    [InlineData("\\")]
    [InlineData("&")]
    [InlineData("!")]
    [InlineData("|\n")]
    [InlineData("---\n")]
    [InlineData("...\n")]
    [InlineData("%YAML 1.2\n")]
    [InlineData("a: [\n---\n")]
    public void Read_AMegabyteOfOneThing_Ends(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        Assert.Empty(Reads.Read(text).Objects);
        Assert.Empty(Reads.Read($"a: \"{text}").Objects);
        Assert.Empty(Reads.Read(text, path: "test.json").Objects);
    }

    [Fact]
    public void Read_LongValue_IsCutInTheMessage()
    {
        var file = Reads.Read(Reads.Object("HTTPRoute", $"spec: {{hostnames: [{new string('X', 1_000_000)}]}}\n"));

        Assert.Equal("must have at most 253 characters, has 1000000", Assert.Single(file.Diagnostics).Message);
        Assert.True(Reads.Read(Reads.Object("HTTPRoute", $"spec: {{hostnames: [{new string('X', 200)}]}}\n")).Diagnostics[0].Message.Length < 250);
    }

    [Fact]
    public void Read_TenThousandObjects_FindsEveryMistake()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 10_000; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"---\napiVersion: v1\nkind: Service\nmetadata:\n  name: s{i}\nspec:\n  ports:\n  - port: {(i % 20 == 0 ? "x" : "80")}\n");

        var file = Reads.Read(text.ToString());

        Assert.Equal(9_500, file.Objects.Count);
        Assert.Equal(500, file.Diagnostics.Count);
        Assert.Equal(500, file.Failed.Count);
        Assert.Equal(8, file.Diagnostics[0].Line);
        Assert.Equal((20 * 8) + 8, file.Diagnostics[1].Line);
    }

    [Fact]
    public void Read_MoreMistakesThanKept_SaysHowManyMore()
    {
        var text = string.Concat(Enumerable.Repeat("---\nkind: Namespace\n", 1_500));

        var file = Reads.Read(text);
        var again = Reads.Read(text, file);

        Assert.Equal(1_001, file.Diagnostics.Count);
        Assert.Equal("500 more findings left out", file.Diagnostics[^1].Message);
        Assert.Equal(file.Diagnostics, again.Diagnostics);
    }

    [Fact]
    public void Read_RandomBytes_NeverThrows()
    {
        var random = new Random(99);
        var reader = new ManifestReader();
        var seed = Encoding.UTF8.GetBytes(Reads.Object("HTTPRoute", "spec:\n  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n"));
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])seed.Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            reader.Read(i % 2 == 0 ? "test.yaml" : "test.json", bytes.AsSpan(0, random.Next(bytes.Length + 1)));
        }
    }
}
