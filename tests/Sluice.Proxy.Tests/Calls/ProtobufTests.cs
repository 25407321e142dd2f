using System.Text;
using Sluice.Proxy.Calls.Protobuf;

namespace Sluice.Proxy.Tests.Calls;

public sealed class ProtobufTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(3_000_000)]
    public void Message_OfAnyLength_ReadsAsWritten(int length)
    {
        string text = new('x', length);
        byte[] message = GrpcBackend.Write(writer =>
        {
            writer.Message(1, inner =>
            {
                inner.Message(2, innermost => innermost.Text(3, text));
                inner.Number(4, (long)length);
            });
            writer.Flag(5, true);
        });

        Assert.Equal(length == 0 ? [] : [text], GrpcBackend.Texts(message, "1.2.3"));
        Assert.Equal(length == 0 ? [] : [$"{length}"], GrpcBackend.Texts(message, "1.4"));
        Assert.Equal(["1"], GrpcBackend.Texts(message, "5"));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(300UL)]
    public void Number_ReadsAsWritten(ulong number) => Assert.Equal([$"{number}"], GrpcBackend.Texts(GrpcBackend.Write(writer => writer.Number(1_000_000, number)), "1000000"));

    [Fact]
    public void Text_ThatIsNoUtf8_IsMadeOne()
    {
        byte[] message = GrpcBackend.Write(writer =>
        {
            writer.Text(1, "a\xFFz"u8[..0]);
            writer.Text(2, [(byte)'a', 0xFF, (byte)'z']);
            writer.Text(3, Encoding.UTF8.GetBytes("ä"));
        });

        Assert.Equal(["a!z"], GrpcBackend.Texts(message, "2"));
        Assert.Equal(["ä"], GrpcBackend.Texts(message, "3"));
    }

    // Cut anywhere, a message is either shorter or broken; it is never read beyond its end.
    [Fact]
    public void Read_OfEveryCutMessage_Ends()
    {
        byte[] message = GrpcBackend.Write(writer =>
        {
            writer.Text(1, "text");
            writer.Number(2, 1UL << 40);
            writer.Message(3, inner => inner.Text(1, "more"));
        });
        for (int length = 0; length < message.Length; length++)
        {
            var reader = new ProtobufReader(message.AsSpan(0, length));
            int fields = 0;
            while (reader.Read())
                fields++;
            Assert.True(fields < 3);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x00, 0x01 })] // field 0
    [InlineData(new byte[] { 0x0B })] // a group
    [InlineData(new byte[] { 0x0F, 0x01 })] // no wire type
    [InlineData(new byte[] { 0x0A, 0x05, 0x01 })] // longer than there is
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [InlineData(new byte[] { 0x09, 0x01 })]
    [InlineData(new byte[] { 0x0D, 0x01 })]
    public void Read_WhatIsNoMessage_IsBroken(byte[] message)
    {
        var reader = new ProtobufReader(message);

        Assert.False(reader.Read());
        Assert.True(reader.IsBroken);
        Assert.False(reader.Read());
    }

    [Fact]
    public void Struct_IsTheJsonThatItStandsFor()
    {
        byte[] message = GrpcBackend.Write(writer =>
        {
            Entry(writer, "n", value => value.Message(1, _ => { }));
            Entry(writer, "text", value => value.Text(3, "a"));
            Entry(writer, "flag", value => value.Flag(4, true));
            Entry(writer, "list", value => value.Message(6, list => list.Message(1, item => item.Text(3, "b"))));
            Entry(writer, "map", value => value.Message(5, inner => Entry(inner, "k", item => item.Text(3, "v"))));
        });

        Assert.Equal("""{"n":null,"text":"a","flag":true,"list":["b"],"map":{"k":"v"}}""", Encoding.UTF8.GetString(StructJson.Read(message)!));
    }

    [Fact]
    public void Struct_WithinStructsWithoutEnd_IsNone()
    {
        byte[] message = [];
        for (int i = 0; i < 100; i++)
        {
            byte[] inner = message;
            message = GrpcBackend.Write(writer => Entry(writer, "k", value => value.Bytes(5, inner.Length == 0 ? "\n\0"u8 : inner)));
        }

        Assert.Null(StructJson.Read(message));
        Assert.Null(StructJson.Read([0xFF]));
    }

    private static void Entry(ProtobufWriter writer, string key, Action<ProtobufWriter> write) => writer.Message(1, entry =>
    {
        entry.Text(1, key);
        entry.Message(2, write);
    });
}
