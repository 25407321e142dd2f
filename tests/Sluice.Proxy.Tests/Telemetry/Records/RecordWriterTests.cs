using System.Text;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Tests.Telemetry.Records;

/// <summary>Values that would like to be more than values.</summary>
public sealed class RecordWriterTests
{
    public static TheoryData<byte[], string, string> Values => new()
    {
        { "plain ~ text"u8.ToArray(), "plain ~ text", "plain ~ text" },
        { "\"a\\"u8.ToArray(), "\\\"a\\\\", "\\\"a\\\\" },
        { "a\nb\r\tc"u8.ToArray(), "a\\x0ab\\x0d\\x09c", "a\\u000ab\\u000d\\u0009c" },
        { "\u001b[31mred"u8.ToArray(), "\\x1b[31mred", "\\u001b[31mred" },
        { [0x7f], "\\x7f", "\\u007f" },
        { "\u009b31m"u8.ToArray(), "\\xc2\\x9b31m", "\\u009b31m" },
        { "\u2028\u202e"u8.ToArray(), "\\xe2\\x80\\xa8\\xe2\\x80\\xae", "\\u2028\\u202e" },
        { "é€😀"u8.ToArray(), "é€😀", "é€😀" },
        { [0xff, (byte)'a', 0xc3], "\\xffa\\xc3", "\\ufffda\\ufffd" },
        { [0xed, 0xa0, 0x80], "\\xed\\xa0\\x80", "\\ufffd\\ufffd\\ufffd" },
        { [0], "\\x00", "\\u0000" },
        { [], "", "" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_IsEscaped(byte[] value, string text, string json)
    {
        Assert.Equal(text, Write(value, isJson: false));
        Assert.Equal(json, Write(value, isJson: true));
    }

    [Fact]
    public void AnyBytes_StayOneJsonString()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var value = new byte[random.Next(40)];
            random.NextBytes(value);

            var json = Write(value, isJson: true);
            var read = System.Text.Json.JsonDocument.Parse($"\"{json}\"").RootElement.GetString()!;
            Assert.Equal(Encoding.UTF8.GetString(value).Replace("\ufeff", "", StringComparison.Ordinal).Length, read.Replace("\ufeff", "", StringComparison.Ordinal).Length);
            Assert.DoesNotContain(json, character => char.IsControl(character));
        }
    }

    [Fact]
    public void LineThatDoesNotFit_IsFull()
    {
        Span<byte> space = stackalloc byte[8];
        foreach (var isEscaped in new[] { false, true })
        {
            var writer = new RecordWriter(space);
            writer.WriteText(isEscaped ? "\n\n\n"u8 : "123456789"u8);
            Assert.True(writer.IsFull);
        }
    }

    private static string Write(byte[] value, bool isJson)
    {
        Span<byte> space = stackalloc byte[1024];
        var writer = new RecordWriter(space);
        if (isJson)
            writer.WriteJson(value);
        else
            writer.WriteText(value);
        Assert.False(writer.IsFull);
        return Encoding.UTF8.GetString(space[..writer.Length]);
    }
}
