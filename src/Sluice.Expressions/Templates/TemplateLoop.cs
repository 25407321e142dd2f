using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>A loop that is under way. <c>Depth</c>: loops around it.</summary>
internal readonly record struct TemplateLoop(CelValue[] Items, int Index, int Depth)
{
    /// <summary>What "loop." has, beside cycle().</summary>
    public static readonly string[] Fields = ["index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0", "previtem", "nextitem"];

    public CelValue Field(string name) => name switch
    {
        "index" => CelValue.Of(Index + 1L),
        "index0" => CelValue.Of((long)Index),
        "revindex" => CelValue.Of((long)Items.Length - Index),
        "revindex0" => CelValue.Of(Items.Length - Index - 1L),
        "first" => CelValue.Of(Index == 0),
        "last" => CelValue.Of(Index == Items.Length - 1),
        "length" => CelValue.Of((long)Items.Length),
        "depth" => CelValue.Of(Depth + 1L),
        "depth0" => CelValue.Of((long)Depth),
        "previtem" => Index > 0 ? Items[Index - 1] : CelValue.Absent,
        _ => Index + 1 < Items.Length ? Items[Index + 1] : CelValue.Absent,
    };
}
