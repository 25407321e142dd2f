namespace Sluice.Expressions.Cel;

internal sealed class MapNode(CelNode[] keys, CelNode[] values) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        if (!frame.Charge(4L * keys.Length))
            return CelErrors.Exhausted;
        var map = new CelDictionary();
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[i].Evaluate(frame);
            if (key.IsError)
                return key;
            if (!CelKeyComparer.IsKey(key.Kind))
                return CelErrors.UnsupportedKey;
            var value = values[i].Evaluate(frame);
            if (value.IsError)
                return value;
            if (!map.Find(key).IsAbsent)
                return CelErrors.DuplicateKey;
            map.Set(key, value);
        }
        return CelValue.Of(map);
    }
}
