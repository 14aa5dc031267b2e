"""Reads Parquet files as backcast writes them, and no others: flat, Zstandard, data pages of version 1,
plain or by dictionary. Written from the format's own pages (parquet.thrift, Encodings.md), so that it
finds what writer and reader of one hand would agree upon. Values are int, float, bool, str, None.

It is as strict as any reader may be: what is announced (sizes, numbers, offsets, statistics) must be so.
"""

import ctypes
import struct

ZSTD = ctypes.CDLL("libzstd.so.1")  # RocksDB needs it, so it is there
ZSTD.ZSTD_decompress.restype = ctypes.c_size_t
ZSTD.ZSTD_decompress.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]

BOOLEAN, INT64, DOUBLE, BYTE_ARRAY = 0, 2, 5, 6
TIMESTAMP_MICROS, UTF8 = 10, 0
PLAIN, RLE, RLE_DICTIONARY = 0, 3, 8
PAGE_ROWS = 20000


class Bad(Exception):
    """The file is not as it should be."""


def check(holds, words):
    if not holds:
        raise Bad(words)


# --- Thrift's compact protocol ---

class Thrift:
    """Structs as dicts by the ids of their fields; lists as lists."""

    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def varint(self):
        value, shift = 0, 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def zigzag(self):
        value = self.varint()
        return value >> 1 ^ -(value & 1)

    def value(self, kind):
        if kind in (4, 5, 6):
            return self.zigzag()
        if kind == 8:
            size = self.varint()
            self.at += size
            return bytes(self.data[self.at - size:self.at])
        if kind == 9:
            head = self.byte()
            size = head >> 4 if head >> 4 < 15 else self.varint()
            return [self.value(head & 15) for _ in range(size)]
        check(kind == 12, f"a field of type {kind}")
        return self.struct()

    def struct(self):
        found, last = {}, 0
        while True:
            head = self.byte()
            if head == 0:
                return found
            check(head >> 4, "a field whose id is written out")
            last += head >> 4
            found[last] = head & 15 == 1 if head & 15 in (1, 2) else self.value(head & 15)


# --- pages ---

def decompress(data, size):
    out = ctypes.create_string_buffer(max(size, 1))
    got = ZSTD.ZSTD_decompress(out, size, data, len(data))
    check(got == size, f"a page has {got} bytes and not {size}")
    return out.raw[:size]


def hybrid(data, width, count):
    """Runs and packed bits: `count` numbers, which end where the data does."""
    found, reader = [], Thrift(data)
    while reader.at < len(data):
        check(len(found) < count, "a run after the last value")
        header = reader.varint()
        if header & 1:
            size = (header >> 1) * width
            bits = int.from_bytes(data[reader.at:reader.at + size], "little")
            found += [bits >> width * i & (1 << width) - 1 for i in range((header >> 1) * 8)]
        else:
            size = (width + 7) // 8
            found += [int.from_bytes(data[reader.at:reader.at + size], "little")] * (header >> 1)
        reader.at += size
    check(count <= len(found) < count + 8, "another number of values than was announced")
    return found[:count]


def plain(data, kind, count):
    if kind == BOOLEAN:
        check(len(data) == (count + 7) // 8, "bits that are too few or too many")
        return [bool(data[i // 8] >> i % 8 & 1) for i in range(count)]
    if kind in (INT64, DOUBLE):
        return list(struct.unpack(f"<{count}{'q' if kind == INT64 else 'd'}", data))
    found, at = [], 0
    for _ in range(count):
        size = int.from_bytes(data[at:at + 4], "little")
        found.append(data[at + 4:at + 4 + size].decode("utf-8"))
        check(at + 4 + size <= len(data), "a text runs out of its page")
        at += 4 + size
    check(at == len(data), "bytes after the last text")
    return found


class Column:
    def __init__(self, element):
        self.kind, self.name = element[1], element[4].decode()
        self.optional = {0: False, 1: True}[element[3]]
        self.converted = element.get(6)
        self.logical = element.get(10)

    def data_page(self, header, data, dictionary):
        count, encoding = header[1], header[2]
        check(header[3] == header[4] == RLE, "levels of another encoding")
        check(0 < count <= PAGE_ROWS, "a page of too many rows, or of none")
        levels = [1] * count
        if self.optional:
            size = int.from_bytes(data[:4], "little")
            levels = hybrid(data[4:4 + size], 1, count)
            data = data[4 + size:]
        there = sum(levels)
        if encoding == RLE_DICTIONARY:
            check(dictionary is not None, "numbers without a dictionary")
            numbers = hybrid(data[1:], data[0], there)
            values = [dictionary[number] for number in numbers]
        else:
            check(encoding == PLAIN, f"encoding {encoding}")
            values = plain(data, self.kind, there)
        values = iter(values)
        return [next(values) if level else None for level in levels]

    def chunk(self, file, meta):
        """All values of a column chunk, whose pages fill it to the byte."""
        begin = meta.get(11, meta[9])
        at, end, values, dictionary, plain_size = begin, begin + meta[7], [], None, 0
        encodings = {RLE}
        while at < end:
            reader = Thrift(file, at)
            header = reader.struct()
            data = decompress(bytes(file[reader.at:reader.at + header[3]]), header[2])
            plain_size += reader.at - at + header[2]
            if header[1] == 2:
                check(at == begin and 11 in meta and header[7][2] == PLAIN, "a dictionary elsewhere")
                dictionary = plain(data, self.kind, header[7][1])
                check(len(set(dictionary)) == len(dictionary), "a text twice in a dictionary")
                encodings.add(PLAIN)
            else:
                check(values or at == meta[9], "the first page is elsewhere")
                values += self.data_page(header[5], data, dictionary)
                encodings.add(header[5][2])
            at = reader.at + header[3]
        check(at == end, "a page runs out of its chunk")
        check(len(values) == meta[5], "another number of values than was announced")
        check(plain_size == meta[6], "another size than was announced")
        check(encodings <= set(meta[2]), "an encoding that was not announced")
        check((dictionary is None) == (11 not in meta), "a dictionary that was not announced")
        self.statistics(meta[12], values)
        return values, end

    def statistics(self, told, values):
        there = [value for value in values if value is not None]
        check(told[3] == len(values) - len(there), "another number of nulls than was announced")
        sound = [value for value in there if value == value]
        if self.kind == DOUBLE:
            check(told[9] == len(there) - len(sound), "another number of NaN than was announced")
        if 5 not in told:
            longest = max((len(v.encode()) for v in sound), default=0) if self.kind == BYTE_ARRAY else 0
            check(not sound or longest > 256, "no statistics")
            return
        most, least = (self.one(told[i]) for i in (5, 6))
        key = (lambda text: text.encode()) if self.kind == BYTE_ARRAY else None
        check(most == max(sound, key=key) and least == min(sound, key=key),
              f"{self.name} is said to be from {least} to {most}")

    def one(self, data):
        if self.kind == BYTE_ARRAY:
            return data.decode()
        if self.kind == BOOLEAN:
            return bool(data[0])
        return plain(data, self.kind, 1)[0]

    def type(self):
        """What a reader shows it as."""
        if self.kind == BYTE_ARRAY:
            check(self.converted == UTF8 and self.logical == {1: {}}, "a text is no string")
            return "text"
        if self.kind == INT64 and self.converted is not None:
            check(self.converted == TIMESTAMP_MICROS and self.logical == {8: {1: True, 2: {2: {}}}},
                  "an instant is no timestamp")
            return "instant"
        return {INT64: "integer", DOUBLE: "real", BOOLEAN: "bool"}[self.kind]


class Table:
    """A file's columns and rows: rows are tuples, in the order of the columns."""

    def __init__(self, path):
        with open(path, "rb") as file:
            data = memoryview(file.read())
        check(bytes(data[:4]) == bytes(data[-4:]) == b"PAR1", "no Parquet file")
        size = int.from_bytes(data[-8:-4], "little")
        footer = Thrift(data, len(data) - 8 - size)
        meta = footer.struct()
        check(footer.at == len(data) - 8, "bytes after the footer")
        check(meta[1] == 1, "a version that not every reader takes")
        root, *elements = meta[2]
        check(root[5] == len(elements) and len(meta[7]) == len(elements), "columns without an order")
        self.name, self.made_by = root[4].decode(), meta[6].decode()
        self.columns = [Column(element) for element in elements]
        self.rows, self.groups = [], []
        at = 4
        for group in meta[4]:
            check(group[5] == at, "a row group that begins elsewhere")
            at = self.group(data, group)
        check(at == len(data) - 8 - size, "bytes that no row group tells of")
        check(len(self.rows) == meta[3], "another number of rows than was announced")

    def group(self, data, group):
        values, begin, plain_size = [], group[5], 0
        end = begin
        check(len(group[1]) == len(self.columns), "a row group without a column")
        for column, chunk in zip(self.columns, group[1]):
            meta = chunk[3]
            check(meta[1] == column.kind and meta[3] == [column.name.encode()] and meta[4] == 6,
                  "a chunk that is not its column's")
            check(meta.get(11, meta[9]) == end, "a chunk that begins elsewhere")
            found, end = column.chunk(data, meta)
            values.append(found)
            plain_size += meta[6]
        check(group[2] == plain_size and group[6] == end - begin, "a row group of another size")
        rows = list(zip(*values))
        check(len(rows) == group[3], "another number of rows in a row group than was announced")
        self.groups.append(len(rows))
        self.rows += rows
        return end

    def names(self):
        return [column.name for column in self.columns]

    def types(self):
        return [column.type() for column in self.columns]
