namespace Sluice.Resources.Reading.Text;

/// <summary>Characters of UTF-8 bytes that were found valid before, decoded a piece at a time so that no copy of the file is made.</summary>
internal sealed class Utf8TextReader(ReadOnlyMemory<byte> content) : TextReader
{
    private readonly char[] _characters = new char[1024];
    private ReadOnlyMemory<byte> _rest = content;
    private int _start;
    private int _end;

    public override int Peek() => _start < _end || Fill() ? _characters[_start] : -1;

    public override int Read() => _start < _end || Fill() ? _characters[_start++] : -1;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (buffer.IsEmpty || (_start == _end && !Fill()))
            return 0;
        var taken = Math.Min(buffer.Length, _end - _start);
        _characters.AsSpan(_start, taken).CopyTo(buffer);
        _start += taken;
        return taken;
    }

    private bool Fill()
    {
        System.Text.Unicode.Utf8.ToUtf16(_rest.Span, _characters, out var read, out var written);
        _rest = _rest[read..];
        _start = 0;
        _end = written;
        return written > 0;
    }
}
